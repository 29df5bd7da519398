BEGIN TRANSACTION;
CREATE TABLE counters (
	world TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (world, name)
);
INSERT INTO "counters" VALUES('kept','emcert',1);
INSERT INTO "counters" VALUES('kept','sign_up',1);
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
INSERT INTO "journal" VALUES('kept',1,'c48574636e775aab','2026-11-21T23:18:37.494931Z','/sdk/emcert',',,','{"id":"c48574636e775aab","service":"tsg","caller":"handset","trace_id":"d3fdb989c3f5e2578ec0f14f47f0a62b","parent":"57f5f22a5db93c0c","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.494931Z","duration_ms":2.35,"method":"POST","path":"/sdk/emcert","status":201,"request":{"csr":"-----BEGIN CERTIFICATE REQUEST-----\nMIHMMHQCAQAwEjEQMA4GA1UEAwwHUGl4ZWwgOTBZMBMGByqGSM49AgEGCCqGSM49\nAwEHA0IABMkuZ5rJpFHElCzYgVyT1UER0aJ2Dgcs7D+mVoOn6jWx09i3Vl7q/hnN\nih8/TqbUrMP4R5UZmWNAhK6aV2MeMOegADAKBggqhkjOPQQDAgNIADBFAiEA/QiF\n3fRRjilSXvryOicRxVbtz/lrRYdW1BsqThVfgAkCICVYv2FZDKQtKPywqRTemig9\nFmSg4I30y9I/+nK2OMpd\n-----END CERTIFICATE REQUEST-----\n","device":{"os":"Android","model":"Pixel 9"}},"answer":{"emCertID":"aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94","certificateChain":["-----BEGIN CERTIFICATE-----\nMIICbzCCAhSgAwIBAgITSX4WKqcCNe+Sie3z/dih6qxx3DAKBggqhkjOPQQDAjBO\nMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJveDEtMCsGA1UEAwwkU2ltdWxh\ndGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENBMB4XDTI2MDEwNTAwMDAwMFoX\nDTI5MDEwNDAwMDAwMFowajEdMBsGA1UECgwUUmVnaXN0cmF0aW9uIFNhbmRib3gx\nGDAWBgNVBAMMD0FuZHJvaWQgUGl4ZWwgOTEvMC0GA1UEBRMmNDk3ZTE2MmFhNzAy\nMzVlZjkyODllZGYzZmRkOGExZWFhYzcxZGMwWTATBgcqhkjOPQIBBggqhkjOPQMB\nBwNCAATJLmeayaRRxJQs2IFck9VBEdGidg4HLOw/plaDp+o1sdPYt1Ze6v4ZzYof\nP06m1KzD+EeVGZljQISumldjHjDno4G0MIGxMAwGA1UdEwEB/wQCMAAwDgYDVR0P\nAQH/BAQDAgeAMB0GA1UdDgQWBBT2+KYnDEj6gHvDEYMPvAibYK/FSTAfBgNVHSME\nGDAWgBQ84uFXPiVXveLkzXGCLC6c0yUgPDATBgNVHSUEDDAKBggrBgEFBQcDAjA8\nBgNVHREENTAzhjF1cm46ZW1jZXJ0OjQ5N2UxNjJhYTcwMjM1ZWY5Mjg5ZWRmM2Zk\nZDhhMWVhYWM3MWRjMAoGCCqGSM49BAMCA0kAMEYCIQCYDVxJwj7Fmr3cdA0PHQDm\ndqTibUU8qppyIlMk9VRWTwIhAOMYWXfOOoAjZjUJ4bVkS5vQUTsuAnsYURAj4lmz\nivNM\n-----END CERTIFICATE-----\n","-----BEGIN CERTIFICATE-----\nMIIB4zCCAYqgAwIBAgITF5KM/Oj/eNu9bh+bulszN7WyPzAKBggqhkjOPQQDAjBO\nMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJveDEtMCsGA1UEAwwkU2ltdWxh\ndGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENBMCAXDTcwMDEwMTAwMDAwMFoY\nDzk5OTkxMjMxMjM1OTU5WjBOMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJv\neDEtMCsGA1UEAwwkU2ltdWxhdGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENB\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEm6d/PWS38ZYIjdKMGV3zcp0ZdFCW\nqIJBicBT7vVWab0Z7wurd7APmPudojmKeGiYv10ZNmYmvB29hCKu9nlyCKNFMEMw\nEgYDVR0TAQH/BAgwBgEB/wIBADAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFDzi\n4Vc+JVe94uTNcYIsLpzTJSA8MAoGCCqGSM49BAMCA0cAMEQCIG+CmVesonff73K9\nHjFy/b3PKgm4QkM9lx0ZDM2TDuaWAiAQ8Pp0g1mpcnaQL83jFEHftqslmE9rQ/xL\nDsIKI/X8ng==\n-----END CERTIFICATE-----\n"]},"branches":[],"relayed":[],"decisions":[],"fault":null}');
INSERT INTO "journal" VALUES('kept',2,'a7b5a244a39b7c4f','2026-11-21T23:18:37.616818Z','/tsg/subject_info',',,','{"id":"a7b5a244a39b7c4f","service":"tsg","caller":"orchestrator","trace_id":"c7b6bb818e51d531bdeb3365ff96377c","parent":"948aa2484da7b193","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.616818Z","duration_ms":0.278,"method":"POST","path":"/tsg/subject_info","status":404,"request":{"service_id":"registration-sandbox","subject_id":"aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94"},"answer":{"error":"SUBJECT_NOT_FOUND","error_description":"Device not found on our records"},"branches":[],"relayed":[],"decisions":[{"rule":"subject.lookup","branch":null,"facts":{"service_id":"registration-sandbox","state":"certified"}}],"fault":null}');
INSERT INTO "journal" VALUES('kept',3,'0a68fad4a6bc343d','2026-11-21T23:18:37.641476Z','/tsg/sign_up',',,','{"id":"0a68fad4a6bc343d","service":"tsg","caller":"orchestrator","trace_id":"0dba6572b0d5596e826bccc77c797b59","parent":"8f47e6f791d042fe","at":"2026-01-05T09:00:00.000000Z","recorded_at":"2026-11-21T23:18:37.641476Z","duration_ms":2.593,"method":"POST","path":"/tsg/sign_up","status":201,"request":{"service_id":"registration-sandbox","external_reference":"3e2d56722fcc5cc44122891e9ae678c1","complexity":{"length":8,"charset":"NUMERIC"},"expires_in":600},"answer":{"sign_up_code":"•••","qr_payload":"•••","external_reference":"3e2d56722fcc5cc44122891e9ae678c1","status":"UNCLAIMED","expires_at":"2026-01-05T09:10:00Z"},"branches":[],"relayed":[],"decisions":[],"fault":null}');
CREATE TABLE pushes (
	world TEXT NOT NULL, 
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	service_id TEXT NOT NULL, 
	external_reference TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	traceparent TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	last_status INTEGER, 
	held BOOLEAN NOT NULL, 
	reordered BOOLEAN NOT NULL, 
	PRIMARY KEY (world, id)
);
CREATE TABLE sign_up_codes (
	world TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	service_id TEXT NOT NULL, 
	external_reference TEXT NOT NULL, 
	status TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	claimed_by TEXT, 
	PRIMARY KEY (world, number)
);
INSERT INTO "sign_up_codes" VALUES('kept',1,'22665902','registration-sandbox','3e2d56722fcc5cc44122891e9ae678c1','UNCLAIMED','2026-01-05T09:10:00.000000Z',NULL);
CREATE TABLE subjects (
	world TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	os TEXT NOT NULL, 
	model TEXT NOT NULL, 
	chain TEXT NOT NULL, 
	valid_until TEXT NOT NULL, 
	PRIMARY KEY (world, subject_id)
);
INSERT INTO "subjects" VALUES('kept','aee46161f146f69789939675fa84e0050811ef8a7b34bd823dce0497285e8d94',1,'certified','Android','Pixel 9','["-----BEGIN CERTIFICATE-----\nMIICbzCCAhSgAwIBAgITSX4WKqcCNe+Sie3z/dih6qxx3DAKBggqhkjOPQQDAjBO\nMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJveDEtMCsGA1UEAwwkU2ltdWxh\ndGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENBMB4XDTI2MDEwNTAwMDAwMFoX\nDTI5MDEwNDAwMDAwMFowajEdMBsGA1UECgwUUmVnaXN0cmF0aW9uIFNhbmRib3gx\nGDAWBgNVBAMMD0FuZHJvaWQgUGl4ZWwgOTEvMC0GA1UEBRMmNDk3ZTE2MmFhNzAy\nMzVlZjkyODllZGYzZmRkOGExZWFhYzcxZGMwWTATBgcqhkjOPQIBBggqhkjOPQMB\nBwNCAATJLmeayaRRxJQs2IFck9VBEdGidg4HLOw/plaDp+o1sdPYt1Ze6v4ZzYof\nP06m1KzD+EeVGZljQISumldjHjDno4G0MIGxMAwGA1UdEwEB/wQCMAAwDgYDVR0P\nAQH/BAQDAgeAMB0GA1UdDgQWBBT2+KYnDEj6gHvDEYMPvAibYK/FSTAfBgNVHSME\nGDAWgBQ84uFXPiVXveLkzXGCLC6c0yUgPDATBgNVHSUEDDAKBggrBgEFBQcDAjA8\nBgNVHREENTAzhjF1cm46ZW1jZXJ0OjQ5N2UxNjJhYTcwMjM1ZWY5Mjg5ZWRmM2Zk\nZDhhMWVhYWM3MWRjMAoGCCqGSM49BAMCA0kAMEYCIQCYDVxJwj7Fmr3cdA0PHQDm\ndqTibUU8qppyIlMk9VRWTwIhAOMYWXfOOoAjZjUJ4bVkS5vQUTsuAnsYURAj4lmz\nivNM\n-----END CERTIFICATE-----\n","-----BEGIN CERTIFICATE-----\nMIIB4zCCAYqgAwIBAgITF5KM/Oj/eNu9bh+bulszN7WyPzAKBggqhkjOPQQDAjBO\nMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJveDEtMCsGA1UEAwwkU2ltdWxh\ndGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENBMCAXDTcwMDEwMTAwMDAwMFoY\nDzk5OTkxMjMxMjM1OTU5WjBOMR0wGwYDVQQKDBRSZWdpc3RyYXRpb24gU2FuZGJv\neDEtMCsGA1UEAwwkU2ltdWxhdGVkIFRyYW5zYWt0IFNlY3VyZSBHYXRld2F5IENB\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEm6d/PWS38ZYIjdKMGV3zcp0ZdFCW\nqIJBicBT7vVWab0Z7wurd7APmPudojmKeGiYv10ZNmYmvB29hCKu9nlyCKNFMEMw\nEgYDVR0TAQH/BAgwBgEB/wIBADAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFDzi\n4Vc+JVe94uTNcYIsLpzTJSA8MAoGCCqGSM49BAMCA0cAMEQCIG+CmVesonff73K9\nHjFy/b3PKgm4QkM9lx0ZDM2TDuaWAiAQ8Pp0g1mpcnaQL83jFEHftqslmE9rQ/xL\nDsIKI/X8ng==\n-----END CERTIFICATE-----\n"]','2029-01-04T00:00:00.000000Z');
CREATE TABLE used_nonces (
	world TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	nonce TEXT NOT NULL, 
	until TEXT NOT NULL, 
	PRIMARY KEY (world, subject_id, nonce)
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
INSERT INTO "worlds" VALUES('kept','7','{}',0,'2026-01-05T09:00:00.000000Z','unnamed','2026-11-21T23:18:37.485839Z',0);
CREATE TABLE wrong_guesses (
	world TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	subject_id TEXT NOT NULL, 
	service_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (world, number)
);
CREATE INDEX due_by_wall ON due (wall_at);
CREATE INDEX sign_up_codes_by_code ON sign_up_codes (world, code, number);
CREATE INDEX wrong_guesses_by_time ON wrong_guesses (world, at);
COMMIT;
