BEGIN TRANSACTION;
CREATE TABLE answers (
	world TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	request TEXT NOT NULL, 
	claimed_until TEXT NOT NULL, 
	status INTEGER, 
	body TEXT, 
	media_type TEXT, 
	headers TEXT, 
	branches TEXT, 
	PRIMARY KEY (world, "key")
);
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
INSERT INTO "counters" VALUES('kept','registration',2);
INSERT INTO "counters" VALUES('kept','history/637aeab49ec0a6c64f416957aceafe8a',1);
INSERT INTO "counters" VALUES('kept','history/96bb2a5fd38d9650d45a2bfb4f30c037',2);
INSERT INTO "counters" VALUES('kept','sign-up/96bb2a5fd38d9650d45a2bfb4f30c037',1);
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
INSERT INTO "due" VALUES('kept','lapse/96bb2a5fd38d9650d45a2bfb4f30c037','lapse','2026-01-05T09:10:00.000000Z',NULL,0,'{"registration":"96bb2a5fd38d9650d45a2bfb4f30c037"}',NULL,NULL,1);
CREATE TABLE faults (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	fault TEXT NOT NULL, 
	seen INTEGER NOT NULL, 
	fired INTEGER NOT NULL, 
	PRIMARY KEY (world, id)
);
CREATE TABLE history (
	world TEXT NOT NULL, 
	registration TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	action TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	branch TEXT, 
	message TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	PRIMARY KEY (world, registration, number)
);
INSERT INTO "history" VALUES('kept','637aeab49ec0a6c64f416957aceafe8a',1,'2026-01-05T09:00:00.000000Z','check-identity','','Email_Otp_Sent','WR-1.2','Enter the code that was mailed to you.','{}');
INSERT INTO "history" VALUES('kept','96bb2a5fd38d9650d45a2bfb4f30c037',1,'2026-01-05T09:00:00.000000Z','check','','Not_Found','DR-0.1','Device not found on our records','{"username":"chitra74808","auth_service":false,"tsg":false}');
INSERT INTO "history" VALUES('kept','96bb2a5fd38d9650d45a2bfb4f30c037',2,'2026-01-05T09:00:00.000000Z','sign-up','Not_Found','Sign_Up_In_Progress','DR-1.2','A sign-up code was sent by SMS.','{"via":"sms","attempt":1,"expires_at":"2026-01-05T09:10:00.000000Z"}');
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
INSERT INTO "journal" VALUES('kept',1,'97f4db57311d6155','2026-11-21T23:18:37.528576Z','/registrations',',,','{"id":"97f4db57311d6155","service":"orchestrator","caller":"client","trace_id":"a13707614796b2e34af140b1dd4187f1","parent":null,"at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.528576Z","duration_ms":63.423,"method":"POST","path":"/registrations","status":201,"request":{"flow":"web","deviceId":"browser","type":"CIF","id":"315376887"},"answer":{"id":"637aeab49ec0a6c64f416957aceafe8a","flow":"web","status":"Email_Otp_Sent","allowed_actions":["verify-email-otp","resend-email-otp"],"last_outcome":{"branch":"WR-1.2","message":"Enter the code that was mailed to you.","details":{"maskedEmail":"a•••@example.test","otpLength":6,"expInMinute":5,"attemptsLeft":3,"resendLeft":3}},"created_at":"2026-01-05T09:00:00Z","updated_at":"2026-01-05T09:00:00Z"},"branches":[],"relayed":["WR-1.2"],"decisions":[{"rule":"registration.moved","branch":null,"facts":{"registration":"637aeab49ec0a6c64f416957aceafe8a","action":"check-identity","before":"","after":"Email_Otp_Sent","branch":"WR-1.2"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',2,'948aa2484da7b193','2026-11-21T23:18:37.609687Z','/registrations',',DR-0.1,','{"id":"948aa2484da7b193","service":"orchestrator","caller":"client","trace_id":"c7b6bb818e51d531bdeb3365ff96377c","parent":null,"at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.609687Z","duration_ms":10.143,"method":"POST","path":"/registrations","status":201,"request":{"flow":"device","emCertID":"aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94"},"answer":{"id":"96bb2a5fd38d9650d45a2bfb4f30c037","flow":"device","status":"Not_Found","allowed_actions":["sign-up","check"],"last_outcome":{"branch":"DR-0.1","message":"Device not found on our records","details":{}},"created_at":"2026-01-05T09:00:00Z","updated_at":"2026-01-05T09:00:00Z"},"branches":["DR-0.1"],"relayed":[],"decisions":[{"rule":"device.status","branch":"DR-0.1","facts":{"username":"chitra74808","auth_service":false,"tsg":false}},{"rule":"registration.moved","branch":null,"facts":{"registration":"96bb2a5fd38d9650d45a2bfb4f30c037","action":"check","before":"","after":"Not_Found","branch":"DR-0.1"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',3,'8f47e6f791d042fe','2026-11-21T23:18:37.625134Z','/registrations/96bb2a5fd38d9650d45a2bfb4f30c037/actions/sign-up',',DR-1.2,','{"id":"8f47e6f791d042fe","service":"orchestrator","caller":"client","trace_id":"0dba6572b0d5596e826bccc77c797b59","parent":null,"at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.625134Z","duration_ms":24.413,"method":"POST","path":"/registrations/96bb2a5fd38d9650d45a2bfb4f30c037/actions/sign-up","status":200,"request":{"via":"sms","contact":"+919000075104"},"answer":{"id":"96bb2a5fd38d9650d45a2bfb4f30c037","flow":"device","status":"Sign_Up_In_Progress","allowed_actions":["sign-up","check"],"last_outcome":{"branch":"DR-1.2","message":"A sign-up code was sent by SMS.","details":{"via":"sms","expires_at":"2026-01-05T09:10:00Z"}},"created_at":"2026-01-05T09:00:00Z","updated_at":"2026-01-05T09:00:00Z"},"branches":["DR-1.2"],"relayed":[],"decisions":[{"rule":"sign_up.code","branch":"DR-1.2","facts":{"via":"sms","attempt":1,"expires_at":"2026-01-05T09:10:00.000000Z"}},{"rule":"registration.moved","branch":null,"facts":{"registration":"96bb2a5fd38d9650d45a2bfb4f30c037","action":"sign-up","before":"Not_Found","after":"Sign_Up_In_Progress","branch":"DR-1.2"}}],"fault":null}');
CREATE TABLE pushes (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	registration TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	PRIMARY KEY (world, id)
);
CREATE TABLE registrations (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	flow TEXT NOT NULL, 
	status TEXT NOT NULL, 
	owner TEXT, 
	last_outcome TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	PRIMARY KEY (world, id)
);
INSERT INTO "registrations" VALUES('kept','637aeab49ec0a6c64f416957aceafe8a','web','Email_Otp_Sent',NULL,'{"branch":"WR-1.2","message":"Enter the code that was mailed to you.","details":{"maskedEmail":"a•••@example.test","otpLength":6,"expInMinute":5,"attemptsLeft":3,"resendLeft":3}}','{"token":"eyJleHBpcmVzX2F0IjoiMjAyNi0wMS0wNVQwOTozMDowMFoiLCJyZWdpc3RyYXRpb24iOiI2MzdhZWFiNDllYzBhNmM2NGY0MTY5NTdhY2VhZmU4YSIsInN0YWdlIjoiVkVSSUZZX0VNQUlMX09UUCIsIm51bWJlciI6MX0.7_KP0t3t88hYugPPlMBmSCX8bCVRmeohZ6xZgayCwBQ"}','2026-01-05T09:00:00.000000Z','2026-01-05T09:00:00.000000Z');
INSERT INTO "registrations" VALUES('kept','96bb2a5fd38d9650d45a2bfb4f30c037','device','Sign_Up_In_Progress','chitra74808','{"branch":"DR-1.2","message":"A sign-up code was sent by SMS.","details":{"via":"sms","expires_at":"2026-01-05T09:10:00Z"}}','{"em_cert_id":"aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94","sign_up":{"reference":"3e2d56722fcc5cc44122891e9ae678c1","attempt":1,"via":"sms","expires_at":"2026-01-05T09:10:00.000000Z","qr_payload":"transakt://sign-up?serviceId=registration-sandbox&code=22665902"},"codes":{"22665902":"2026-01-05T09:10:00.000000Z"}}','2026-01-05T09:00:00.000000Z','2026-01-05T09:00:00.000000Z');
CREATE TABLE scenarios (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	expansion TEXT NOT NULL, 
	PRIMARY KEY (world)
);
INSERT INTO "scenarios" VALUES('kept','unnamed','{"scenario":"unnamed","seed":"7","clock":{"set":"2026-01-05T09:00:00Z","frozen":true},"people":[{"name":"Asha","cif":"315376887","legal_name":"Asha Biswas","date_of_birth":"1985-12-18","email":"asha.biswas@example.test","mobile":"+919000006587","status":"active","user_id":null,"cards":[{"id":"card-011786062161","type":"DEBIT","number":"4000004937579120","expiry":"0629","pin":"6602","cvv":"627","status":"active"}],"account":null,"former_passwords":[],"phones":[]},{"name":"Chitra","cif":"750032359","legal_name":"Chitra Pathak","date_of_birth":"1956-06-16","email":"chitra.pathak@example.test","mobile":"+919000075104","status":"active","user_id":null,"cards":[{"id":"card-286618926492","type":"DEBIT","number":"4000009119549171","expiry":"1029","pin":"4143","cvv":"006","status":"active"}],"account":{"user_id":"chitra74808","password":"VVkqcwn@4256","blocked":false},"former_passwords":[],"phones":[{"model":"Pixel 9","os":"auto","tsg":"none","auth_service":false}]}]}');
CREATE TABLE sign_ups (
	world TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	registration TEXT NOT NULL, 
	PRIMARY KEY (world, reference)
);
INSERT INTO "sign_ups" VALUES('kept','3e2d56722fcc5cc44122891e9ae678c1','96bb2a5fd38d9650d45a2bfb4f30c037');
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.499028Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE INDEX scenarios_by_name ON scenarios (name);
COMMIT;
