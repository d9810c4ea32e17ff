#!/bin/sh
# Computes commitments.json with the openssl command alone, sharing no code with the package.
# Usage: sh generate.sh > commitments.json
set -eu

hex() { od -An -v -tx1 | tr -d ' \n'; }
# POSIX printf knows octal escapes only.
bin() { for byte in $(printf %s "$1" | sed 's/../& /g'); do printf "\\$(printf %03o "0x$byte")"; done; }
text() { printf %s "$1" | hex; }
# SHA-256 of bytes given in hexadecimal, in hexadecimal.
sha() { bin "$1" | openssl dgst -sha256 -r | cut -d" " -f1; }
hkdf() { openssl kdf -keylen "$2" -kdfopt digest:SHA2-256 -kdfopt hexkey:"$1" -kdfopt hexinfo:"$(text "$3")" HKDF | tr -d ':\n' | tr 'A-F' 'a-f'; }
hmac() { bin "$2" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$1" -r | cut -d" " -f1; }

id=A123456789
case=9001
s=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
k=202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f
r2=404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f
statement=$(text "LIANSHU VECTOR STATEMENT")
signature=$(text "LIANSHU VECTOR SIGNATURE")
certificate=$(text "LIANSHU VECTOR CERTIFICATE")

salt=$(hkdf $s 16 id)
r=$(hkdf $s 32 leaf)
C=$(sha "$(text LIANSHU-ID/1)00$(text $id)00$salt")
E=$(sha "$(text LIANSHU-EV/1)00$(sha "$statement")$(sha "$signature")$(sha "$certificate")")
L=$(sha "$(text LIANSHU-LEAF/1)00$(sha "$(text $case)")$r$E")
tj=$(hmac $k "$(text LIANSHU-DUP/1)00$(text joint-signature)00$(text $id)")
tp=$(hmac $k "$(text LIANSHU-DUP/1)00$(text proposal)00$(text $id)")
T=$(sha "$(text LIANSHU-TAG/1)00$r2$tj")

cat <<JSON
{
  "nationalId": "$id",
  "case": "$case",
  "s": "$s",
  "caseKey": "$k",
  "r2": "$r2",
  "statement": "$statement",
  "signature": "$signature",
  "certificate": "$certificate",
  "salt16": "$salt",
  "r": "$r",
  "signerCommitment": "$C",
  "E": "$E",
  "L": "$L",
  "tJointSignature": "$tj",
  "tProposal": "$tp",
  "T": "$T"
}
JSON
