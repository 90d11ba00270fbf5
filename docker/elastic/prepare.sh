#!/bin/bash
# Before Elasticsearch: its certificate, and each secret where its reader may read it and nobody else. What is there stays, but for
# secrets, which are those of the files.
set -euo pipefail
elasticsearch=1000
flink=9999

cd /certificates
if [ ! -e ca.crt ]; then
    work=$(mktemp -d)
    /usr/share/elasticsearch/bin/elasticsearch-certutil ca --silent --pem --out "$work/ca.zip"
    unzip -q "$work/ca.zip" -d "$work"
    /usr/share/elasticsearch/bin/elasticsearch-certutil cert --silent --pem --name elasticsearch --dns elasticsearch,localhost \
        --ip 127.0.0.1 --ca-cert "$work/ca/ca.crt" --ca-key "$work/ca/ca.key" --out "$work/node.zip"
    unzip -q "$work/node.zip" -d "$work"
    install -m 0400 -o "$elasticsearch" -g 0 "$work/elasticsearch/elasticsearch.key" elasticsearch.key
    install -m 0444 "$work/elasticsearch/elasticsearch.crt" elasticsearch.crt
    # Last, for it says that all is there. The authority's key is not kept: nobody can sign a second certificate.
    install -m 0444 "$work/ca/ca.crt" ca.crt
    rm -r "$work"
fi

install -m 0400 -o "$elasticsearch" -g 0 /run/secrets/elastic-password /elastic-secrets/elastic-password
install -m 0400 -o "$elasticsearch" -g 0 /run/secrets/kibana-encryption-key /elastic-secrets/kibana-encryption-key
install -m 0400 -o "$flink" -g "$flink" /run/secrets/elastic-password /dashboards-secrets/elastic-password
install -m 0400 -o "$flink" -g "$flink" /run/secrets/pseudonym-key /job-secrets/pseudonym-key
install -m 0400 -o "$flink" -g "$flink" /run/secrets/notify-secrets /job-secrets/notify-secrets
