//! Names of people who do not exist.

use circlekeeper::Identity;
use commons::Code;

use crate::chance::Chance;

/// Given names, made up into people at random. Nobody is meant.
const WOMEN: [&str; 24] = [
    "Aline",
    "Ana",
    "Beata",
    "Chantal",
    "Claudine",
    "Diane",
    "Divine",
    "Esperance",
    "Fatima",
    "Grace",
    "Immaculee",
    "Ingabire",
    "Josiane",
    "Keza",
    "Liliane",
    "Mia",
    "Nadine",
    "Olive",
    "Pelagie",
    "Rosine",
    "Sandrine",
    "Teta",
    "Umutoni",
    "Yvette",
];
const MEN: [&str; 20] = [
    "Alexis",
    "Bosco",
    "Cedric",
    "Damascene",
    "Emmanuel",
    "Fidele",
    "Gaspard",
    "Hugo",
    "Innocent",
    "Jonas",
    "Kevin",
    "Luca",
    "Mugabo",
    "Noel",
    "Omar",
    "Patrick",
    "Rene",
    "Samuel",
    "Theo",
    "Yves",
];
/// Second names, most of them put together from syllables.
const SECOND: [&str; 32] = [
    "Akenda",
    "Bagiru",
    "Bimanzi",
    "Cyubare",
    "Dusoma",
    "Gahendo",
    "Gatumba",
    "Habanzi",
    "Iradeke",
    "Kabendi",
    "Kamusoro",
    "Karinda",
    "Kayumbo",
    "Mbarazo",
    "Mukendi",
    "Munyaka",
    "Mutesoni",
    "Ndagiro",
    "Ndoliba",
    "Ngarumo",
    "Nkubaya",
    "Nshutiro",
    "Nyirasema",
    "Rubanga",
    "Rugendo",
    "Rwimanzi",
    "Sebahire",
    "Senkundo",
    "Tuyisabe",
    "Uwandeka",
    "Uwimbazi",
    "Zirabona",
];
const PLACES: [&str; 6] = ["Amahoro", "Bukendo", "Gisanzi", "Kabare", "Murindo", "Rusoro"];

/// Makes people up, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    made: u32,
}

impl Names {
    /// Somebody who does not exist. Three of four are women, as in the program that is played
    /// (2,411 of 3,300).
    pub(crate) fn somebody(&mut self, chance: &mut Chance) -> Identity {
        self.made += 1;
        let woman = chance.percent(73);
        let given = if woman { chance.pick(&WOMEN) } else { chance.pick(&MEN) };
        let second = chance.pick(&SECOND);
        let name = [given.copied().unwrap_or("A."), second.copied().unwrap_or("B.")].join(" ");
        let born = 1950 + chance.below(56);
        Identity {
            name,
            birth_year: u16::try_from(born).ok(),
            sex: Some(Code::of(if woman { "woman" } else { "man" })),
            language: Some(Code::of("rw")),
            place: chance.pick(&PLACES).map(|place| (*place).to_owned()),
            external_id: Some(format!("made-up-{:05}", self.made)),
            ..Identity::default()
        }
    }
}
