"""The certification of a phone's key: an emCert, and the subject that it names."""

from simulators.kit.work import Work
from simulators.tsg import emcerts, tables
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import Subject


def certify(work: Work, csr: str, os: str, model: str) -> Subject:
    """Issue an emCert over the key of a certificate signing request. Raises Refusal (``INVALID_CSR``, 400)."""
    key = emcerts.public_key_of_csr(csr)
    number = work.tx.next("emcert")
    lifetime = work.world.policies(TsgPolicies).emcert.lifetime
    issued = emcerts.issue(work.world.seed, number, key, device=f"{os} {model}", now=work.now, lifetime=lifetime)
    subject = Subject(issued.emcert_id, number, "certified", os, model, issued.chain, issued.valid_until)
    work.tx.insert(tables.subjects, subject)
    return subject
