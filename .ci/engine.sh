# A Docker engine of one run, for the tests that want one, and in it images that stand in for the
# official ones of PostgreSQL, of a JDK and of Debian: made from what Debian has installed here, so that
# no registry is asked. To be sourced.
#
#   start_engine FOLDER   starts it and sets DOCKER_HOST. Where it cannot be started that is said, and
#                         the tests that need one say that they were skipped. Its ports are this
#                         machine's, also where that is a container itself: Testcontainers would
#                         ask an image of a registry for the address
#   stop_engine           ends what start_engine started

start_engine() { # folder
  local folder=$1 attempt
  export DOCKER_HOST="unix://$folder/engine.sock" TESTCONTAINERS_HOST_OVERRIDE=localhost
  dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
    --host "$DOCKER_HOST" >"$folder/log" 2>&1 &
  engine=$!
  for attempt in {1..120}; do
    if docker version >/dev/null 2>&1; then
      make_image "$folder"
      make_bases "$folder"
      return
    fi
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.25
  done
  echo "The Docker engine does not start here: the tests that need one are skipped. Its last words:"
  tail -n 3 "$folder/log"
  stop_engine
}

stop_engine() {
  [[ -n ${engine:-} ]] || return 0
  docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1 || true
  kill "$engine" 2>/dev/null || true
  wait "$engine" 2>/dev/null || true
  engine=
  unset DOCKER_HOST TESTCONTAINERS_HOST_OVERRIDE
}

# The files of the newest server that is installed here, with the libraries they are linked with.
server_files() { # folder of the programs
  local bin=$1 libraries=${1%/bin}/lib major tool
  major=$(basename -- "${bin%/bin}")
  for tool in "$bin"/{postgres,initdb,pg_ctl,psql,pg_isready,pg_dump,pg_restore} \
    /bin/{sh,cat,chmod,chown,id,ls,mkdir,rm,sleep} /usr/bin/{env,setpriv}; do
    echo "$tool"
    ldd "$tool" | grep -o '/[^ ]*'
  done
  find "$libraries" -name '*.so' -exec ldd {} + 2>/dev/null | grep -o '=> /[^ ]*' | cut -c 4-
  # Some time zones, UTC among them, are links.
  find "$libraries" "/usr/share/postgresql/$major" /usr/share/zoneinfo /usr/lib/locale/C.utf8 -xtype f
}

make_image() { # folder
  local folder=$1 bin major
  bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
  major=$(basename -- "${bin%/bin}")
  mkdir -p "$folder/image/etc" "$folder/image/tmp" "$folder/image/var/lib/postgresql" \
    "$folder/image/run/postgresql" "$folder/image/docker-entrypoint-initdb.d"
  chmod 1777 "$folder/image/tmp"
  printf 'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n' >"$folder/image/etc/passwd"
  printf 'root:x:0:\npostgres:x:999:\n' >"$folder/image/etc/group"
  install -m 755 -- "$(dirname -- "${BASH_SOURCE[0]}")/entrypoint.sh" "$folder/image/entrypoint.sh"
  # What several programs are linked with is listed once; links become what they point to.
  server_files "$bin" | sort -u | sed 's|^/||' |
    tar --create --dereference --file "$folder/image.tar" --directory / --files-from -
  tar --append --file "$folder/image.tar" --directory "$folder/image" .
  docker import --change "ENV PATH=$bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8" \
    --change 'ENTRYPOINT ["/entrypoint.sh"]' --change 'CMD ["postgres"]' --change 'EXPOSE 5432' \
    "$folder/image.tar" "postgres:$major" >/dev/null
  rm -rf -- "$folder/image" "$folder/image.tar"
  export OUTGROW_TEST_IMAGE="postgres:$major"
}

# Programs of Debian with the libraries they are linked with.
programs() { # programs
  local program
  for program in "$@"; do
    echo "$program"
    ldd "$program" | grep -o '/[^ ]*'
  done
}

# An image of the files whose names come on stdin, and a folder for temporary ones.
import_files() { # folder, name, options of docker import
  local tar=$1/$2.tar bare=$1/$2 name=$2
  shift 2
  xargs -d '\n' realpath -s -- | sort -u | sed 's|^/||' |
    tar --create --dereference --file "$tar" --directory / --files-from -
  mkdir -p "$bare/tmp"
  chmod 1777 "$bare/tmp"
  tar --append --file "$tar" --directory "$bare" tmp
  docker import "$@" "$tar" "$name" >/dev/null
  rm -rf -- "$tar" "$bare"
}

# What container/Containerfile is given for BASE and for BUILD.
make_bases() { # folder
  local folder=$1 home=${JAVA_HOME:-$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")")}
  {
    programs /bin/{sh,cat,chmod,chown,id,ls,mkdir} /usr/bin/env
    # A JVM brings its own libraries; Debian, however slim, has what these are linked with.
    ldd "$home"/lib/{libzip,server/libjvm}.so | grep -o '=> /[^ ]*' | cut -c 4-
  } | import_files "$folder" outgrow-test-base --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin'
  {
    programs /bin/{sh,cp,mkdir,mv,rm,uname} "$home"/bin/{java,jar,jlink}
    find "$home/lib" -name '*.so' -exec ldd {} + 2>/dev/null | grep -o '=> /[^ ]*' | cut -c 4-
    find "$home/bin" "$home/conf" "$home/jmods" "$home/lib" -xtype f -not -name src.zip
    echo "$home/release"
  } | import_files "$folder" outgrow-test-build --change "ENV PATH=$home/bin:/usr/bin:/bin"
  export OUTGROW_TEST_BASE=outgrow-test-base OUTGROW_TEST_BUILD=outgrow-test-build
}
