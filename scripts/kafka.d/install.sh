# shellcheck shell=bash
# What scripts/kafka needs: a JDK and Maven, Kafka itself, and our own small programs.
# shellcheck disable=SC2154 # home and parts are scripts/kafka's

# A JDK, not only a runtime: kafka.d is compiled.
have_jdk() {
  local version
  version=$(javac -version 2>&1) || return 1
  version=${version#javac }
  [[ ${version%%.*} =~ ^[0-9]+$ ]] && ((${version%%.*} >= 17))
}

install_packages() {
  local missing=()
  have_jdk || missing+=(default-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  ((${#missing[@]})) || return 0
  install_missing "${missing[@]}" || fail "needs a JDK of 17 or later and Maven"
  have_jdk || fail "needs a JDK of 17 or later; what the distribution has is older"
}

# $1 is as new as the files after it.
up_to_date() {
  local made=$1 source
  shift
  [[ -e $made ]] || return 1
  for source in "$@"; do
    [[ ! $source -nt $made ]] || return 1
  done
}

# Kafka's jars into $1; the rest are Maven's options.
download() {
  local libs=$1
  shift
  ! up_to_date "$libs/.complete" "$parts/pom.xml" || return 0
  install_packages
  say "downloading Apache Kafka from Maven Central into $libs"
  rm -rf "$libs"
  mvn -B -q -Dstyle.color=never -f "$parts/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$libs" "$@" >&2 ||
    fail "Maven could not download it; see above"
  touch "$libs/.complete"
}

# Where the broker's jars lie; the tools' are always the newer ones.
broker_libs() {
  if is_secure; then echo "$home/libs-$secure_version"; else echo "$home/libs"; fi
}

# Only one of us at a time: clusters share what is installed.
prepare() {
  mkdir -p "$home"
  exec 8>"$home/lock"
  flock -w 600 8 || fail "another scripts/kafka has been installing in $home for ten minutes"
  download "$home/libs"
  ! is_secure || download "$(broker_libs)" "-Dkafka.version=$secure_version"
  if ! up_to_date "$home/classes/.complete" "$parts"/*.java "$home/libs/.complete"; then
    install_packages
    rm -rf "$home/classes"
    javac -cp "$home/libs/*" -d "$home/classes" "$parts"/*.java
    touch "$home/classes/.complete"
  fi
  exec 8>&-
}

# One of our own programs or Kafka's tools. Quiet: a client's warnings are its retries.
run_java() {
  java -XX:TieredStopAtLevel=1 -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$home/classes:$home/libs/*" "$@"
}

# One of the tools that come with the broker and have to be as old.
run_broker_tool() { java -XX:TieredStopAtLevel=1 -Xmx256m -cp "$(broker_libs)/*" "$@"; }
