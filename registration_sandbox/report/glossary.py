"""The words of the bank and of the sandbox."""

GLOSSARY = {
    "The bank": {
        "Cymmetri": "The bank's CIAM system (customer identity and access management): it holds web accounts and "
        "decides every branch of web registration.",
        "ciamregsrvc": "The service of Cymmetri that registers customers, step by step.",
        "CBS": "The core banking system: it knows the bank's customers, their contact details, cards and user ids.",
        "CIF": "The number under which the CBS knows a customer (customer information file).",
        "Auth Service": "The bank's service that knows which devices belong to which user.",
        "TSG": "Entersekt's Transakt Secure Gateway: it knows phones, and tells the bank when one has signed up.",
        "Middleware": "The bank's own part between these systems; here the orchestrator. It runs both flows.",
        "OTP": "A one-time password: the code that is mailed or texted to prove that an address is the customer's.",
        "MFA factor": "A way to prove one's identity besides the codes: the details of a debit or credit card.",
        "User id": "The name under which a customer logs in. The bank may hold one already.",
        "Staged token": "What Cymmetri returns after a successful step: it opens the next step, and no other.",
        "emCert": "The certificate that the TSG gives a phone; its key never leaves the phone.",
        "emCertID": "The name of a phone: the fingerprint of its emCert. The TSG calls the same value subject_id.",
        "Sign-up code": "The code, typed or scanned as a QR code, by which a phone is joined to a user.",
        "external_reference": "A value that the bank gives the TSG with a sign-up, to recognize it in the push.",
        "Credential": "What the app sends with the sign-up code, to show that it is the user's.",
        "Push": "The TSG's message to the bank that a sign-up is complete: signed, and sent until it is acknowledged.",
        "Block": "The result of too many wrong attempts: for a while or for good, as the bank's rule says.",
    },
    "The sandbox": {
        "Flow": "One of the two documented processes: web registration and device registration.",
        "Step": "A numbered step of a document.",
        "Branch": "One way that a step can go: when this is so, then that happens. Each has an id, such as WR-2.3: "
        "the second step of web registration, its third branch.",
        "Basis": "On what a branch rests. Documented: the document says so. Implied: the document asks the question "
        "but does not answer it. Assumed: the document is silent, and this is what a careful bank does.",
        "Scenario": "An example that proves a branch, told in sentences and played against the running sandbox.",
        "Claimed": "A scenario says which branch it is about.",
        "Taken": "The system that decides a branch recorded that it was taken, with the facts it rested on.",
        "Proven": "Claimed by a scenario, taken in it, and the scenario passed.",
        "Gate": "The verdict on a run: shut when a scenario fails or a branch is not proven.",
        "World": "A universe of its own: people, rules, clock and messages. Each scenario has a fresh one.",
        "Seed": "The number from which all that is random in a world comes: the same seed plays the same run.",
        "Policy": "A rule of the bank that can be set, such as how many wrong attempts block.",
        "Fault": "Something that goes wrong on purpose: a system that is down, slow, or answers nonsense.",
        "Exchange": "One call from one system to another, and its answer.",
        "Registration": "One customer's or phone's way through a flow, with its status.",
        "Mailroom, handset": "Where the simulated people's mail and text messages arrive, and their phones.",
    },
}
