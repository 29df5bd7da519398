BEGIN TRANSACTION;
CREATE TABLE cards (
	world TEXT NOT NULL, 
	card_id TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	type TEXT NOT NULL, 
	number TEXT NOT NULL, 
	expiry TEXT NOT NULL, 
	pin TEXT, 
	cvv TEXT, 
	status TEXT NOT NULL, 
	PRIMARY KEY (world, card_id)
);
INSERT INTO "cards" VALUES('kept','card-011786062161','315376887',0,'DEBIT','4000004937579120','0629','6602','627','active');
INSERT INTO "cards" VALUES('kept','card-286618926492','750032359',0,'DEBIT','4000009119549171','1029','4143','006','active');
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
CREATE TABLE customers (
	world TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	legal_name TEXT NOT NULL, 
	mobile TEXT, 
	email TEXT, 
	email_key TEXT, 
	status TEXT NOT NULL, 
	date_of_birth TEXT NOT NULL, 
	user_id TEXT, 
	user_key TEXT, 
	PRIMARY KEY (world, cif)
);
INSERT INTO "customers" VALUES('kept','315376887','Asha Biswas','+919000006587','asha.biswas@example.test','asha.biswas@example.test','active','1985-12-18',NULL,NULL);
INSERT INTO "customers" VALUES('kept','750032359','Chitra Pathak','+919000075104','chitra.pathak@example.test','chitra.pathak@example.test','active','1956-06-16',NULL,NULL);
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
INSERT INTO "journal" VALUES('kept',1,'7b7b3b8b390a3bae','2026-11-21T23:18:37.532461Z','/cbs/customers/search',',,','{"id":"7b7b3b8b390a3bae","service":"cbs","caller":"cymmetri","trace_id":"a13707614796b2e34af140b1dd4187f1","parent":"85810f769fc77911","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.532461Z","duration_ms":1.225,"method":"POST","path":"/cbs/customers/search","status":200,"request":{"cif":"315376887"},"answer":{"customers":[{"cif":"315376887","legalName":"Asha Biswas","mobile":"+919000006587","email":"asha.biswas@example.test","status":"active","dateOfBirth":"1985-12-18"}]},"branches":[],"relayed":[],"decisions":[{"rule":"customer.search","branch":null,"facts":{"by":"cif","found":["315376887"]}}],"fault":null}');
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.475852Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE INDEX cards_by_customer ON cards (world, cif);
CREATE UNIQUE INDEX cards_by_number ON cards (world, number);
CREATE INDEX customers_by_email ON customers (world, email_key);
CREATE INDEX customers_by_mobile ON customers (world, mobile);
CREATE UNIQUE INDEX customers_by_user_id ON customers (world, user_key);
COMMIT;
