BEGIN TRANSACTION;
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
CREATE TABLE devices (
	world TEXT NOT NULL, 
	em_cert_id TEXT NOT NULL, 
	user_key TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	PRIMARY KEY (world, em_cert_id)
);
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
INSERT INTO "journal" VALUES('kept',1,'d819b0d36f4414a7','2026-11-21T23:18:37.596277Z','/auth/login',',,','{"id":"d819b0d36f4414a7","service":"auth_service","caller":"client","trace_id":"322e21ec1df60b4861a38097bedd4d67","parent":null,"at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.596277Z","duration_ms":10.434,"method":"POST","path":"/auth/login","status":200,"request":{"username":"chitra74808","password":"•••"},"answer":{"token":"•••","expiresIn":1800},"branches":[],"relayed":[],"decisions":[{"rule":"login.credentials","branch":null,"facts":{"username":"chitra74808","outcome":"accepted"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',2,'0eb2d72b93fb0386','2026-11-21T23:18:37.611493Z','/auth/introspect',',,','{"id":"0eb2d72b93fb0386","service":"auth_service","caller":"orchestrator","trace_id":"c7b6bb818e51d531bdeb3365ff96377c","parent":"948aa2484da7b193","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.611493Z","duration_ms":0.383,"method":"POST","path":"/auth/introspect","status":200,"request":{"token":"•••"},"answer":{"active":true,"username":"chitra74808","exp":1767605400},"branches":[],"relayed":[],"decisions":[],"fault":null}');
INSERT INTO "journal" VALUES('kept',3,'8d66d6c75e301106','2026-11-21T23:18:37.614316Z','/users/chitra74808/devices/aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94',',,','{"id":"8d66d6c75e301106","service":"auth_service","caller":"orchestrator","trace_id":"c7b6bb818e51d531bdeb3365ff96377c","parent":"948aa2484da7b193","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.614316Z","duration_ms":0.188,"method":"GET","path":"/users/chitra74808/devices/aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94","status":404,"request":null,"answer":{"error":"DEVICE_NOT_FOUND","error_description":"This device is not registered for this user."},"branches":[],"relayed":[],"decisions":[{"rule":"device.registered","branch":null,"facts":{"username":"chitra74808","emCertID":"aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94","found":"new"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',4,'cbfae7f143536a2b','2026-11-21T23:18:37.629719Z','/auth/introspect',',,','{"id":"cbfae7f143536a2b","service":"auth_service","caller":"orchestrator","trace_id":"0dba6572b0d5596e826bccc77c797b59","parent":"8f47e6f791d042fe","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.629719Z","duration_ms":0.299,"method":"POST","path":"/auth/introspect","status":200,"request":{"token":"•••"},"answer":{"active":true,"username":"chitra74808","exp":1767605400},"branches":[],"relayed":[],"decisions":[],"fault":null}');
INSERT INTO "journal" VALUES('kept',5,'a431b41755ec4c8b','2026-11-21T23:18:37.627831Z','/users/chitra74808/notifications',',,','{"id":"a431b41755ec4c8b","service":"auth_service","caller":"orchestrator","trace_id":"59dea58bfcefe43c7f9afc8c7e226886","parent":"59307f0e9ff2ee96","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.627831Z","duration_ms":5.507,"method":"POST","path":"/users/chitra74808/notifications","status":202,"request":{"purpose":"device-not-found","subject":"Your device is not known yet","body":"•••"},"answer":{"channel":"email","to":"c•••@example.test"},"branches":[],"relayed":[],"decisions":[{"rule":"notification.channel","branch":null,"facts":{"username":"chitra74808","wanted":null,"chosen":"email"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',6,'e3bd78832a7526ea','2026-11-21T23:18:37.635871Z','/users/chitra74808/contacts/verify',',,','{"id":"e3bd78832a7526ea","service":"auth_service","caller":"orchestrator","trace_id":"0dba6572b0d5596e826bccc77c797b59","parent":"8f47e6f791d042fe","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.635871Z","duration_ms":0.797,"method":"POST","path":"/users/chitra74808/contacts/verify","status":200,"request":{"mobile":"+919000075104"},"answer":{"registered":true},"branches":[],"relayed":[],"decisions":[{"rule":"contact.registered","branch":null,"facts":{"username":"chitra74808","by":"mobile","registered":true}}],"fault":null}');
CREATE TABLE users (
	world TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	username TEXT NOT NULL, 
	email TEXT, 
	mobile TEXT, 
	cif TEXT, 
	PRIMARY KEY (world, "key")
);
INSERT INTO "users" VALUES('kept','chitra74808','chitra74808','chitra.pathak@example.test','+919000075104','750032359');
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.483217Z',0);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE INDEX devices_by_user ON devices (world, user_key);
COMMIT;
