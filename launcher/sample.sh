# The sample stack "shop": created once for each data folder, through the same API that everybody uses.
# shellcheck shell=bash

SAMPLE_NAME=shop

# offer_sample: creates it and follows it to its end; on a later start shows it. With real clouds nobody but the person
# who was told knows the passwords after the first start.
offer_sample() {
  if [[ $KIND == clouds && $NEW_PASSWORDS == no ]]; then return; fi
  sample_call create "$SAMPLE_NAME" "$ROOT/samples/$SAMPLE_NAME"
}

# sample_call ARGUMENTS...: what Sample.java does, as alice.
sample_call() {
  ISTHMUS_URL=$PORTAL_URL ISTHMUS_ISSUER=$ISSUER ISTHMUS_USER=alice ISTHMUS_PASSWORD=$ALICE_PASSWORD ISTHMUS_ELAPSED=$SECONDS \
    attend - "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp "$PAYARA/payara6/glassfish/modules/jakarta.json.jar" \
    "$ROOT/launcher/Sample.java" "$@"
}
