# The pages, the HTTP interface and the updates in one container: see compose.yaml.
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/regstatus && /opt/regstatus/bin/pip install --no-cache-dir '.[mcp,notify,web]'

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home regstatus && install -d -o regstatus /data
COPY --from=build /opt/regstatus /opt/regstatus
# Its own updates live in /data/regstatus; until there are any, what ships answers.
ENV PATH=/opt/regstatus/bin:$PATH PYTHONDONTWRITEBYTECODE=1 XDG_DATA_HOME=/data XDG_CACHE_HOME=/tmp
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
ENTRYPOINT ["regstatus"]
CMD ["serve", "--host", "0.0.0.0", "--schedule", "6h"]
