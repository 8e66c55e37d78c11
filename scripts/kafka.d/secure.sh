# shellcheck shell=bash
# A broker as companies run it: SASL_SSL with SCRAM-SHA-512, mutual TLS, and an authorizer.
# shellcheck disable=SC2154 # dir is scripts/kafka's, scram_port and mtls_port are ports.sh's
#
# DIR/secure:
#   ca.crt                   who signed the broker's certificate and the clients'
#   other-ca.crt             an authority that signed neither
#   client.crt, client.key   a client's, CN=geomatch; expired.crt, expired.key: the same, out of date
#   scram.properties, guest.properties, mtls.properties
#                            librdkafka's properties of the users, KEY=VALUE a line
#   listeners                NAME HOST:PORT a line: PLAINTEXT for tools, SCRAM, MTLS
#
# The users geomatch (by either way) may do everything; guest nothing but what `allow` gives it. On the listener for
# tools, on loopback like all of them, everybody may.

# The newest that all librdkafkas can speak SCRAM to: those before 2.6.1 (Debian 12, Ubuntu 24.04) repeat their nonce,
# and brokers since 3.9.0 and 3.8.1 (CVE-2024-56128) refuse that.
# shellcheck disable=SC2034 # install.sh's
secure_version=3.8.0

is_secure() { [[ -n $secure || -d $dir/secure ]]; }

# A key and a request for a certificate of CN=$2, as $1.key and $1.csr.
request_certificate() {
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$1.key" -out "$1.csr"
}

# Makes $1.crt of $1.csr, for $2 days; the rest are openssl's options.
sign() {
  openssl x509 -req -days "$2" -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" "${@:3}"
  rm "$1.csr"
}

make_authority() { openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$1" -keyout "$1.key" -out "$1.crt"; }

make_certificates() (
  cd "$dir/secure"
  make_authority ca
  make_authority other-ca
  request_certificate broker localhost
  sign broker 30 -extfile <(echo 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  cat broker.key broker.crt >broker.pem
  request_certificate client geomatch
  sign client 30
  request_certificate expired geomatch
  sign expired -1
)

# The properties of a SCRAM user, who gets a password.
make_user() {
  cat >"$dir/secure/$2.properties" <<END
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.username=$1
sasl.password=$(openssl rand -hex 16)
ssl.ca.location=$dir/secure/ca.crt
END
}

# Certificates and users: once for a cluster, which keeps the users in its data.
prepare_security() {
  command -v openssl >/dev/null || install_missing openssl || fail "--secure needs openssl"
  [[ ! -f $dir/secure/mtls.properties ]] || return 0
  (umask 077 && mkdir -p "$dir/secure")
  make_certificates >"$dir/secure/openssl.txt" 2>&1 || fail "openssl failed: $dir/secure/openssl.txt"
  make_user geomatch scram
  make_user guest guest
  cat >"$dir/secure/mtls.properties" <<END
security.protocol=SSL
ssl.ca.location=$dir/secure/ca.crt
ssl.certificate.location=$dir/secure/client.crt
ssl.key.location=$dir/secure/client.key
END
}

# What StorageTool adds as users, an argument a line.
scram_users() {
  local file
  for file in scram guest; do
    echo --add-scram
    sed -n 's/^sasl.username=//p; s/^sasl.password=//p' "$dir/secure/$file.properties" |
      paste -sd' ' | sed 's/\(.*\) \(.*\)/SCRAM-SHA-512=[name=\1,password=\2]/'
  done
}

# What a secure broker's server.properties have besides; of what is given twice, the later counts.
configure_security() {
  cat <<END
listeners=PLAINTEXT://127.0.0.1:${ports[1]},CONTROLLER://127.0.0.1:${controller_ports[1]},SCRAM://127.0.0.1:$scram_port,MTLS://127.0.0.1:$mtls_port
advertised.listeners=PLAINTEXT://127.0.0.1:${ports[1]},SCRAM://127.0.0.1:$scram_port,MTLS://127.0.0.1:$mtls_port
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,MTLS:SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.scram.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location=$dir/secure/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location=$dir/secure/ca.crt
listener.name.mtls.ssl.client.auth=required
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:geomatch;User:CN=geomatch
END
  cat >"$dir/secure/listeners" <<END
PLAINTEXT 127.0.0.1:${ports[1]}
SCRAM 127.0.0.1:$scram_port
MTLS 127.0.0.1:$mtls_port
END
}

print_security() {
  printf 'over SASL_SSL: 127.0.0.1:%s with the properties in %s (or guest.properties)\n' \
    "$(last_port 1 SCRAM)" "$dir/secure/scram.properties"
  printf 'over mutual TLS: 127.0.0.1:%s with the properties in %s\n' "$(last_port 1 MTLS)" "$dir/secure/mtls.properties"
}
