# Sourced by ./ubc and .ci/run. Finds the JDK that builds and runs UBC.

is_jdk_25() {
  [[ -x $1/bin/javac && -r $1/release ]] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the home of a JDK 25: JAVA_HOME, else where JVMs are installed on Linux and macOS, else java on the path.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-/nowhere}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/*jdk* /opt/java/* /opt/*jdk* \
    ~/.sdkman/candidates/java/* ~/.jdks/* ~/.asdf/installs/java/* ~/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home ~/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || true
  if is_jdk_25 "$home"; then
    printf '%s\n' "$home"
    return
  fi
  cat >&2 <<'EOF'
UBC needs a JDK 25 and found none: not in JAVA_HOME, not where JVMs are usually installed, not on the PATH.
Install one, for instance Eclipse Temurin 25 (Debian, Ubuntu: apt install openjdk-25-jdk; Fedora: dnf install
java-25-openjdk-devel; macOS: brew install temurin@25; or sdk install java 25-tem), or set JAVA_HOME to one you have.
EOF
  return 1
}
