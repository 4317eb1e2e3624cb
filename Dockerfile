# Builds the one binary as anybody would, then leaves everything but it behind. PostgreSQL is another container's: see
# compose.yaml. This image holds no database and needs DATABASE_URL.
FROM debian:12 AS build
WORKDIR /source
COPY . .
RUN scripts/setup && scripts/build && install -D -m 755 /root/.cache/understudy/target/release/understudy /out/understudy

FROM debian:12-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin understudy
COPY --from=build /out/understudy /usr/local/bin/understudy
USER understudy
ENV UNDERSTUDY_ADDR=0.0.0.0:3000 \
    UNDERSTUDY_API_ADDR=0.0.0.0:4566 \
    UNDERSTUDY_METRICS_ADDR=0.0.0.0:9464 \
    UNDERSTUDY_LOG=json
EXPOSE 3000 4566 9464
STOPSIGNAL SIGTERM
ENTRYPOINT ["understudy"]
CMD ["serve"]
