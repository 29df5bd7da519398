BEGIN TRANSACTION;
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
INSERT INTO "counters" VALUES('kept','handset',1);
CREATE TABLE due (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	wall_at TEXT, 
	attempts INTEGER NOT NULL, 
	payload TEXT NOT NULL, 
	claimed_until TEXT, 
	claimed_by TEXT, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (world, id)
);
CREATE TABLE faults (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	fault TEXT NOT NULL, 
	seen INTEGER NOT NULL, 
	fired INTEGER NOT NULL, 
	PRIMARY KEY (world, id)
);
CREATE TABLE handsets (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	os TEXT NOT NULL, 
	model TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	emcert_id TEXT NOT NULL, 
	registered BOOLEAN NOT NULL, 
	offline BOOLEAN NOT NULL, 
	last_event TEXT NOT NULL, 
	queued TEXT NOT NULL, 
	PRIMARY KEY (world, id)
);
INSERT INTO "handsets" VALUES('kept','322accae832cdfab',1,'Android','Pixel 9','Chitra','aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94',0,0,'emcert_issued','[]');
CREATE TABLE journal (
	world TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	path TEXT NOT NULL, 
	branches TEXT NOT NULL, 
	exchange TEXT NOT NULL, 
	PRIMARY KEY (world, seq)
);
CREATE TABLE worlds (
	world TEXT NOT NULL, 
	seed TEXT NOT NULL, 
	policies TEXT NOT NULL, 
	offset_us BIGINT NOT NULL, 
	frozen_at TEXT, 
	label TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	faults INTEGER NOT NULL, 
	PRIMARY KEY (world)
);
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.490821Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
COMMIT;
