#!/bin/bash
# Kibana takes no secret from a file; its keystore does.
set -euo pipefail
cd /usr/share/kibana
[ -e config/kibana.keystore ] || bin/kibana-keystore create
# In quotes, for what is added is read as JSON.
printf '"%s"' "$(cat /elastic-secrets/kibana-token)" | bin/kibana-keystore add elasticsearch.serviceAccountToken --stdin --force
printf '"%s"' "$(cat /elastic-secrets/kibana-encryption-key)" |
    bin/kibana-keystore add xpack.encryptedSavedObjects.encryptionKey --stdin --force
exec /usr/local/bin/kibana-docker
