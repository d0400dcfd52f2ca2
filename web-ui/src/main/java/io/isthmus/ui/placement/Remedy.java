package io.isthmus.ui.placement;

import io.isthmus.domain.placement.Hindrance;

/** What somebody can do about what has no place, as the end of a key of messages. */
enum Remedy {
  /** A rule stands in the way. */
  LOOSEN,
  /** What the template names is not there. */
  NAME_OTHERS,
  /** There is too little room. */
  ASK_FOR_LESS,
  /** It may be otherwise later. */
  WAIT,
  /** Only an administrator can. */
  ADMINISTRATOR;

  static Remedy of(Hindrance hindrance) {
    return switch (hindrance) {
      case POLICY -> LOOSEN;
      case FLAVOR, IMAGE, NETWORK, VOLUME_TYPE, ZONE -> NAME_OTHERS;
      case QUOTA, REFUSED -> ASK_FOR_LESS;
      case SILENT, UNREAD, SERVICE -> WAIT;
      case CLOSED, ACCESS -> ADMINISTRATOR;
    };
  }
}
