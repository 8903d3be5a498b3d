# The crisis card.

card-title = Card
slot-emergency = Emergency
slot-suicide_line = Thoughts of suicide
slot-child_line = Children
slot-violence_line = Violence
slot-poison = Poison, overdose
slot-on_call = On call
slot-hospital = Hospital
# General advice that holds everywhere; every card ends with it. It names no number: numbers differ from place to place.
card-advice =
    SOMEBODY IS IN DANGER NOW: stay with them. Call the emergency number of your country, or send somebody for help.
    Nobody should be left alone who speaks of dying. Ask plainly: “Do you think of ending your life?” Asking does no harm. Listen. Put away what could be used.
    POISON OR OVERDOSE: call the emergency number. If they do not wake, lay them on their side and watch their breath.
    VIOLENCE: get to a safe place first. Do not go between. Ask the person what is safest for them; do not call their home.
    A CHILD IS IN DANGER: believe the child, do not question. Tell the person responsible for safeguarding today.
    THEN: tell the person on call of your program, or your supervisor. You do not carry this alone.
card-without-numbers =
    This is the card that comes with the program. It holds no numbers. Write yours here and keep the paper with you:
    emergency ________  suicide line ________  children ________  violence ________
    poison ________  on call ________  hospital ________
    To fill them in for good: circlekeeper card template, then circlekeeper card edit FILE
