# One image for web, worker, beat and the commands; which of them it is, the command says.
FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes --requirement /tmp/base.txt

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin broadsheet \
    && install --directory --owner broadsheet /srv/data/index
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/broadsheet
COPY . .
# These values reach no running container: collectstatic only has to load the settings.
RUN SECRET_KEY=only-for-the-build-0123456789abcdefghijklmnopqrstuvwxyz \
    DATABASE_URL=postgresql://none@none/none REDIS_URL=redis://none:6379/0 \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q accounts config feeds
USER broadsheet
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--no-ws", "config.wsgi:application"]
