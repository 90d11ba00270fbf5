#!/bin/bash
# After Elasticsearch: who the jobs and Kibana are to it. Both are told apart from the user elastic, who may do everything.
set -euo pipefail
url=https://elasticsearch:9200
elasticsearch=1000
flink=9999

# The password is not among the arguments, which every process of the machine can see.
call() {
    local method=$1 path=$2
    shift 2
    printf 'user = "elastic:%s"' "$(cat /run/secrets/elastic-password)" | curl --silent --show-error --fail-with-body --config - \
        --cacert /certificates/ca.crt --request "$method" --header 'Content-Type: application/json' "$@" "$url$path"
}

# The text value of a field in the answer on standard input, which must have it.
field() {
    grep -o "\"$1\":\"[^\"]*\"" | cut -d '"' -f 4
}

# Makes a key with the roles of files, unless it is there: key NAME FILE ROLE ...
key() {
    local name=$1 file=$2 roles= made
    shift 2
    [ ! -s "$file" ] || return 0
    for role in "$@"; do
        roles+="${roles:+,}\"$role\":$(cat "/roles/$role.json")"
    done
    made=$(call POST /_security/api_key --data "{\"name\":\"$name\",\"role_descriptors\":{$roles}}" | field encoded)
    (umask 077 && printf '%s\n' "$made" >"$file")
    chown "$flink:$flink" "$file"
}

# The workers write documents; who starts a job or looks at one makes what is missing, reads, and publishes standings.
key tanggap-jobs /job-secrets/elasticsearch-api-key tanggap-writer
key tanggap-commands /install-secrets/elasticsearch-api-key tanggap-installer tanggap-reader tanggap-publisher

if [ ! -s /elastic-secrets/kibana-token ]; then
    # One of before, whose value is lost with its volume. Mostly there is none, which is no error to tell.
    call DELETE /_security/service/elastic/kibana/credential/token/compose >/dev/null 2>&1 || true
    token=$(call POST /_security/service/elastic/kibana/credential/token/compose | field value)
    (umask 077 && printf '%s\n' "$token" >/elastic-secrets/kibana-token)
    chown "$elasticsearch:0" /elastic-secrets/kibana-token
fi
