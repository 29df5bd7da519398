BEGIN TRANSACTION;
CREATE TABLE accounts (
	world TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	user_key TEXT NOT NULL, 
	password TEXT NOT NULL, 
	legal_name TEXT NOT NULL, 
	email TEXT, 
	email_key TEXT, 
	mobile TEXT, 
	mobile_key TEXT, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (world, cif)
);
INSERT INTO "accounts" VALUES('kept','750032359','chitra74808','chitra74808','$argon2id$v=19$m=1024,t=1,p=1$kx+K4qUsLDpmhwTk3L4Z8Q$Rqg6SPIqgb9dmeMy7lAQBNRt17ux+hnm5U9YB73oCj0','Chitra Pathak','chitra.pathak@example.test','chitra.pathak@example.test','+919000075104','+919000075104','2026-01-05T09:00:00.000000Z');
CREATE TABLE challenges (
	world TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	registration TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	digits INTEGER NOT NULL, 
	issued_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	failed BOOLEAN NOT NULL, 
	PRIMARY KEY (world, number)
);
INSERT INTO "challenges" VALUES('kept',1,'a0d9376609520541f1a4faad6edae545','637aeab49ec0a6c64f416957aceafe8a','315376887','EMAIL','3D6MGCVUFCNIO6IYYQWKM72B5UF342KD',6,'2026-01-05T09:00:00.000000Z','2026-01-05T09:05:00.000000Z',0);
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
INSERT INTO "counters" VALUES('kept','registration',1);
INSERT INTO "counters" VALUES('kept','otp',1);
INSERT INTO "counters" VALUES('kept','login',1);
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
INSERT INTO "journal" VALUES('kept',1,'85810f769fc77911','2026-11-21T23:18:37.530246Z','/ciamregsrvc/webRegistration/checkIdentity',',WR-1.2,','{"id":"85810f769fc77911","service":"cymmetri","caller":"orchestrator","trace_id":"a13707614796b2e34af140b1dd4187f1","parent":"97f4db57311d6155","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.530246Z","duration_ms":56.294,"method":"POST","path":"/ciamregsrvc/webRegistration/checkIdentity","status":200,"request":{"deviceId":"browser","type":"CIF","id":"315376887"},"answer":{"success":true,"data":{"flow":"REGISTRATION","token":"•••","nextStep":"VERIFY_EMAIL_OTP","maskedEmail":"a•••@example.test","otpLength":6,"expInMinute":5,"attemptsLeft":3,"resendLeft":3},"message":"Enter the code that was mailed to you.","errorCode":null,"errorMeta":null,"timestamp":"2026-01-05T09:00:00.000000Z"},"branches":["WR-1.2"],"relayed":[],"decisions":[{"rule":"identity.in_cbs","branch":"WR-1.2","facts":{"cif":"315376887","otp_sent":true}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',2,'2c311698a62dd1ac','2026-11-21T23:18:37.598706Z','/ciamauthsrvc/login',',,','{"id":"2c311698a62dd1ac","service":"cymmetri","caller":"auth_service","trace_id":"322e21ec1df60b4861a38097bedd4d67","parent":"d819b0d36f4414a7","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.598706Z","duration_ms":2.339,"method":"POST","path":"/ciamauthsrvc/login","status":200,"request":{"userId":"chitra74808","password":"•••"},"answer":{"success":true,"data":{"token":"•••","refreshToken":"•••","expiresIn":1800},"message":"You are logged in.","errorCode":null,"errorMeta":null,"timestamp":"2026-01-05T09:00:00.000000Z","token":"•••","refreshToken":"•••","expiresIn":1800},"branches":[],"relayed":[],"decisions":[{"rule":"login.right","branch":null,"facts":{"cif":"750032359"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',3,'cbfdd64b4eaa286c','2026-11-21T23:18:37.603653Z','/ciamauthsrvc/userinfo',',,','{"id":"cbfdd64b4eaa286c","service":"cymmetri","caller":"auth_service","trace_id":"322e21ec1df60b4861a38097bedd4d67","parent":"d819b0d36f4414a7","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.603653Z","duration_ms":0.385,"method":"GET","path":"/ciamauthsrvc/userinfo","status":200,"request":null,"answer":{"userId":"chitra74808","cif":"750032359","legalName":"Chitra Pathak","email":"chitra.pathak@example.test","mobile":"+919000075104"},"branches":[],"relayed":[],"decisions":[],"fault":null}');
CREATE TABLE known_cards (
	world TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	PRIMARY KEY (world, "key")
);
INSERT INTO "known_cards" VALUES('kept','62f5e0df230033d9f05b45df4dc4647449a13a410cead053e95ea5bd13b46519','750032359');
CREATE TABLE lockouts (
	world TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	wrong TEXT NOT NULL, 
	under_way TEXT NOT NULL, 
	blocked BOOLEAN NOT NULL, 
	blocked_until TEXT, 
	PRIMARY KEY (world, cif)
);
INSERT INTO "lockouts" VALUES('kept','750032359','{}','[]',0,NULL);
CREATE TABLE past_passwords (
	world TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	cif TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (world, number)
);
CREATE TABLE registrations (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	device TEXT NOT NULL, 
	legal_name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	mobile TEXT, 
	card TEXT, 
	created_at TEXT NOT NULL, 
	stage TEXT NOT NULL, 
	token_number INTEGER NOT NULL, 
	token_expires_at TEXT NOT NULL, 
	user_id TEXT, 
	validated TEXT, 
	superseded BOOLEAN NOT NULL, 
	PRIMARY KEY (world, id)
);
INSERT INTO "registrations" VALUES('kept','637aeab49ec0a6c64f416957aceafe8a','315376887','browser','Asha Biswas','asha.biswas@example.test','+919000006587',NULL,'2026-01-05T09:00:00.000000Z','VERIFY_EMAIL_OTP',1,'2026-01-05T09:30:00.000000Z',NULL,NULL,0);
CREATE TABLE reservations (
	world TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	cif TEXT NOT NULL, 
	until TEXT NOT NULL, 
	PRIMARY KEY (world, "key")
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.479179Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE INDEX accounts_by_email ON accounts (world, email_key);
CREATE INDEX accounts_by_mobile ON accounts (world, mobile_key);
CREATE UNIQUE INDEX accounts_by_user ON accounts (world, user_key);
CREATE INDEX challenges_by_customer ON challenges (world, cif, number);
CREATE INDEX past_passwords_by_customer ON past_passwords (world, cif, number);
CREATE INDEX registrations_by_customer ON registrations (world, cif, superseded);
CREATE INDEX reservations_by_customer ON reservations (world, cif);
COMMIT;
