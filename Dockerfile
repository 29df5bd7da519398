# One image for all seven services: `up --only cymmetri` runs one of them, `up` all. docker-compose.yml puts them together.
# It runs as nobody in particular on a read-only root file system; worlds and secrets are kept in the volume /data.
#
# pip asks the index that is its default, or the one that --build-arg PIP_INDEX_URL=… names; where containers under
# construction have no network of their own, build with --network=host.

ARG BASE_IMAGE=python:3.13-slim

# What the services need, at the versions of the lock; without the places that phone numbers come from, for which nobody
# asks and which are a fifth of it. It is built again only when one of two files changes.
FROM ${BASE_IMAGE} AS needed
ARG PIP_INDEX_URL
ARG PIP_NO_CACHE_DIR=1
ARG PIP_ROOT_USER_ACTION=ignore
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m pip install --quiet hatchling && python -m venv --without-pip /opt/sandbox
COPY pyproject.toml requirements.lock ./
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
        print(*p['dependencies'], *p['optional-dependencies']['postgres'], *p['optional-dependencies']['otlp'], sep='\n')" > needed.txt \
    && python -m pip --python /opt/sandbox/bin/python install --quiet -r needed.txt -c requirements.lock \
    && rm -rf /opt/sandbox/lib/python3*/site-packages/phonenumbers/geodata

FROM needed AS project
COPY . .
RUN python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

FROM ${BASE_IMAGE}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin sandbox \
    && install --directory --owner=sandbox --group=sandbox --mode=0700 /data
COPY --from=needed /opt/sandbox /opt/sandbox
COPY --from=project /build/dist /build/registration_sandbox/runtime/healthy.py /opt/sandbox/
# Later nothing can be written, bytecode neither: importing once leaves that of the standard library, where it had none.
RUN python -m pip --python /opt/sandbox/bin/python install --quiet --no-cache-dir --no-deps --no-index /opt/sandbox/*.whl \
    && /opt/sandbox/bin/python -c "import importlib; from registration_sandbox.runtime import catalogue, serve; from registration_sandbox.simulators.kit.services import TABLE; \
        [importlib.import_module(spec.module) for spec in TABLE]"
ENV PATH=/opt/sandbox/bin:$PATH PYTHONUNBUFFERED=1 SANDBOX_HOST=0.0.0.0 SANDBOX_BASE_PORT=8800 SANDBOX_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8800-8806
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-IS", "/opt/sandbox/healthy.py", "8800", "8806"]
ENTRYPOINT ["sandbox"]
CMD ["up"]
