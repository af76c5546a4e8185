# cfg_certificate CERTIFICATE KEY SECONDS AUTHORITY AUTHORITY-KEY: NAME=VALUE lines about a certificate: whether it ends within that
# time, who signed it, and the public half of the key. Empty parts are left out. A line "files" ends them.
cfg_certificate() {
  cfg_crt=$1 cfg_due=$3 cfg_ca=$4
  if [ -n "$4" ]; then
    if [ ! -e "$4" ]; then echo authority=absent
    elif [ ! -e "$5" ]; then echo authority=keyless
    elif openssl x509 -noout -ext basicConstraints -in "$4" 2>/dev/null | grep -q CA:TRUE; then echo authority=yes
    else echo authority=no; fi
  fi
  cfg_said=$(cfg_digest_at "$1" cfg_certificate_says) || return
  [ "$cfg_said" = - ] || printf '%s\n' "$cfg_said"
  [ -z "$2" ] || cfg_public_half "$2" || return
  echo files
}

# cfg_certificate_says: the certificate on standard input: whether it ends soon, and whether the authority, or itself, signed it. An
# end is none of the authority's mistakes, and is told apart from them.
cfg_certificate_says() {
  cfg_pem=$(cat)
  if printf '%s\n' "$cfg_pem" | openssl x509 -noout -checkend "$cfg_due" >/dev/null 2>&1; then echo ends=later
  elif printf '%s\n' "$cfg_pem" | openssl x509 -noout -checkend 0 >/dev/null 2>&1; then echo ends=soon
  else echo ends=past; fi
  if printf '%s\n' "$cfg_pem" | openssl verify -no_check_time -check_ss_sig -CAfile "${cfg_ca:-$cfg_crt}" >/dev/null 2>&1
  then echo signed=yes; else echo signed=no; fi
}

# cfg_public_half KEY: the public half of a private key, in one line; nothing where it is no key, or has a passphrase.
cfg_public_half() {
  cfg_said=$(cfg_digest_at "$1" cfg_public_key) || return
  [ "$cfg_said" != - ] || cfg_said=
  printf 'public=%s\n' "$cfg_said"
}
cfg_public_key() { openssl pkey -pubout -passin pass: 2>/dev/null | grep -v -e '^-' | tr -d '\n'; }

# cfg_certificate_request KEY: the public half of the key, and a line "files".
cfg_certificate_request() { cfg_public_half "$1" && echo files; }

# cfg_make_key KEY OWNER GROUP MODE TYPE BITS: a new private key, as a whole or not at all. It is on no command line, and in no file
# that another user could open.
cfg_make_key() {
  case $5 in
    rsa) set -- "$1" "$2" "$3" "$4" -algorithm RSA -pkeyopt "rsa_keygen_bits:$6";;
    ecdsa) set -- "$1" "$2" "$3" "$4" -algorithm EC -pkeyopt "ec_paramgen_curve:P-$6" -pkeyopt ec_param_enc:named_curve;;
    *) set -- "$1" "$2" "$3" "$4" -algorithm ED25519;;
  esac
  cfg_path=$1 cfg_owner=$2 cfg_group=$3 cfg_mode=$4
  shift 4
  # shellcheck disable=SC2016 # for cfg_write to expand
  openssl genpkey "$@" 2>/dev/null |
    cfg_write "$cfg_path" "$cfg_owner" "$cfg_group" "$cfg_mode" 'openssl pkey -in "$cfg_new" -noout -passin pass:'
}

# cfg_openssl ARGUMENT...: openssl, whose messages are told only where it fails. It asks nothing.
cfg_openssl() { cfg_said=$(openssl "$@" 2>&1 </dev/null) || { printf '%s\n' "$cfg_said" >&2; return 1; }; }

# cfg_signing: enters a directory for one signature that nobody else can look into, and that is removed at the end.
cfg_signing() {
  cfg_work=$(mktemp -d) || exit
  trap 'rm -rf -- "$cfg_work"' EXIT
  trap 'exit 143' TERM
  cd -- "$cfg_work" || exit
}

# cfg_new_request KEY NAME ALTERNATIVES: makes the file request.
cfg_new_request() {
  printf '[req]\nprompt = no\nstring_mask = utf8only\ndistinguished_name = dn\n' >conf
  [ -z "$3" ] || printf 'req_extensions = ext\n' >>conf
  printf '[dn]\nCN = %s\n' "$2" >>conf
  [ -z "$3" ] || printf '[ext]\nsubjectAltName = %s\n' "$3" >>conf
  cfg_openssl req -new -key "$1" -passin pass: -config conf -out request
}

# cfg_request_certificate REQUEST OWNER GROUP MODE KEY NAME ALTERNATIVES: writes a request for a certificate.
cfg_request_certificate() (
  cfg_signing && cfg_new_request "$5" "$6" "$7" && cfg_write "$1" "$2" "$3" "$4" '' <request
)

# cfg_sign_certificate CERTIFICATE OWNER GROUP MODE KEY NAME DAYS EXTENSIONS AUTHORITY AUTHORITY-KEY: signs a certificate with its own
# key, or that of the authority; without a KEY it is for the request on standard input. A certificate that the authority could not
# have signed is not written.
cfg_sign_certificate() (
  cfg_signing
  if [ -n "$5" ]; then cfg_new_request "$5" "$6" ''; else cat >request; fi || exit
  printf '%s\n' "$8" >extensions
  cfg_serial=0x$(openssl rand -hex 15) || exit
  cfg_to=$1 cfg_owner=$2 cfg_group=$3 cfg_mode=$4 cfg_days=$7 cfg_ca=$9
  if [ -n "$9" ]; then set -- -CA "$9" -CAkey "${10}"; else set -- -signkey "$5"; fi
  cfg_openssl x509 -req -in request -days "$cfg_days" -extfile extensions -set_serial "$cfg_serial" -passin pass: -out new "$@" || exit
  [ -z "$cfg_ca" ] || cfg_openssl verify -CAfile "$cfg_ca" new || exit
  cfg_write "$cfg_to" "$cfg_owner" "$cfg_group" "$cfg_mode" '' <new
)
