-- "CKLG": a store is known by it. Here, so that a file has it together with its tables or not at all.
PRAGMA application_id = 1129008199;

-- Everything that is appended. A withheld event is a row without id, kind, header and open part.
CREATE TABLE event (
    row    INTEGER PRIMARY KEY,
    id     BLOB UNIQUE CHECK (length(id) = 16),
    origin BLOB NOT NULL CHECK (length(origin) = 16),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    link   BLOB NOT NULL CHECK (length(link) = 32),
    body   BLOB NOT NULL CHECK (length(body) = 32),
    kind   TEXT,
    header BLOB,
    open   BLOB
) STRICT;
CREATE INDEX event_place ON event (origin, seq);
CREATE INDEX event_kind ON event (kind);

-- Parts 1 and up. Blanked ones keep their row.
CREATE TABLE part (
    event  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    key    BLOB NOT NULL,
    bytes  BLOB,
    PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;

-- What events are found by. Rows of a key are added in the order of `event`, and `nth` counts
-- them: so the last one holds how many there are.
CREATE TABLE touch (
    key   BLOB NOT NULL,
    event INTEGER NOT NULL,
    nth   INTEGER NOT NULL,
    PRIMARY KEY (key, event)
) STRICT, WITHOUT ROWID;

-- The last place of each branch of each origin but the store's own.
CREATE TABLE tip (
    origin BLOB NOT NULL,
    link   BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (origin, link)
) STRICT, WITHOUT ROWID;

-- What the store remembers of itself: one row.
CREATE TABLE own (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    origin   BLOB NOT NULL,
    device   BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    link     BLOB NOT NULL,
    clock_ms INTEGER NOT NULL,
    counter  INTEGER NOT NULL
) STRICT;

-- Owner keys, wrapped. A name without bytes is erased for good. `sum` is SHA-256 of the name, a zero byte and the bytes.
CREATE TABLE wrapped (
    name  BLOB PRIMARY KEY,
    bytes BLOB,
    sum   BLOB
) STRICT, WITHOUT ROWID;

-- Read models, sealed whole. They may be deleted at any time.
CREATE TABLE card (
    key     BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;

-- Events kept aside, because their id was here already with other content.
CREATE TABLE quarantine (
    hash  BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Small opaque values. `sum` is SHA-256 of the name, a zero byte and the value.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL,
    sum   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
