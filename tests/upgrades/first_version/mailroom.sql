BEGIN TRANSACTION;
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
INSERT INTO "counters" VALUES('kept','message',3);
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
INSERT INTO "journal" VALUES('kept',1,'8b54975f22578149','2026-11-21T23:18:37.579807Z','/messages',',,','{"id":"8b54975f22578149","service":"mailroom","caller":"cymmetri","trace_id":"a13707614796b2e34af140b1dd4187f1","parent":"85810f769fc77911","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.579807Z","duration_ms":3.605,"method":"POST","path":"/messages","status":201,"request":{"channel":"email","to":"asha.biswas@example.test","subject":"Your code to register","body":"•••","code":"•••","purpose":"email-otp","sender":"cymmetri"},"answer":{"id":"c0fdff80d0d0b620","channel":"email","to":"asha.biswas@example.test","subject":"Your code to register","body":"•••","code":"•••","purpose":"email-otp","sender":"cymmetri","sent_at":"2026-01-05T09:00:00Z"},"branches":[],"relayed":[],"decisions":[],"fault":null}');
INSERT INTO "journal" VALUES('kept',2,'2324cda321e18488','2026-11-21T23:18:37.631945Z','/messages',',,','{"id":"2324cda321e18488","service":"mailroom","caller":"auth_service","trace_id":"59dea58bfcefe43c7f9afc8c7e226886","parent":"a431b41755ec4c8b","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.631945Z","duration_ms":0.458,"method":"POST","path":"/messages","status":201,"request":{"channel":"email","to":"chitra.pathak@example.test","subject":"Your device is not known yet","body":"•••","code":null,"purpose":"device-not-found","sender":"auth_service"},"answer":{"id":"cb385f8049ba041f","channel":"email","to":"chitra.pathak@example.test","subject":"Your device is not known yet","body":"•••","code":null,"purpose":"device-not-found","sender":"auth_service","sent_at":"2026-01-05T09:00:00Z"},"branches":[],"relayed":[],"decisions":[],"fault":null}');
INSERT INTO "journal" VALUES('kept',3,'9e86cf961f23874d','2026-11-21T23:18:37.647698Z','/messages',',,','{"id":"9e86cf961f23874d","service":"mailroom","caller":"orchestrator","trace_id":"0dba6572b0d5596e826bccc77c797b59","parent":"8f47e6f791d042fe","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.647698Z","duration_ms":0.255,"method":"POST","path":"/messages","status":201,"request":{"channel":"sms","to":"+919000075104","sender":"orchestrator","subject":"Your sign-up code","body":"•••","code":"•••","purpose":"sign-up-code"},"answer":{"id":"4d7eba140b26e683","channel":"sms","to":"+919000075104","subject":"Your sign-up code","body":"•••","code":"•••","purpose":"sign-up-code","sender":"orchestrator","sent_at":"2026-01-05T09:00:00Z"},"branches":[],"relayed":[],"decisions":[],"fault":null}');
CREATE TABLE messages (
	world TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	dedupe TEXT, 
	channel TEXT NOT NULL, 
	"to" TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	code TEXT, 
	purpose TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	sent_at TEXT NOT NULL, 
	PRIMARY KEY (world, number)
);
INSERT INTO "messages" VALUES('kept',1,'c0fdff80d0d0b620','cymmetri-a0d9376609520541f1a4faad6edae545','email','asha.biswas@example.test','Your code to register','Dear Asha Biswas, 175880 is your code to register for internet banking. It holds for 5 minutes. Nobody from the bank will ever ask you for it.','175880','email-otp','cymmetri','2026-01-05T09:00:00.000000Z');
INSERT INTO "messages" VALUES('kept',2,'cb385f8049ba041f','notify/device-not-found/96bb2a5fd38d9650d45a2bfb4f30c037/0','email','chitra.pathak@example.test','Your device is not known yet','Device not found on our records. You can add it now with a sign-up code.',NULL,'device-not-found','auth_service','2026-01-05T09:00:00.000000Z');
INSERT INTO "messages" VALUES('kept',3,'4d7eba140b26e683','sign-up-code/3e2d56722fcc5cc44122891e9ae678c1','sms','+919000075104','Your sign-up code','Your sign-up code is 22665902. Enter it in the bank''s app within 10 minutes.','22665902','sign-up-code','orchestrator','2026-01-05T09:00:00.000000Z');
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.488044Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE UNIQUE INDEX messages_by_dedupe ON messages (world, dedupe);
CREATE INDEX messages_by_recipient ON messages (world, "to", number);
COMMIT;
