package io.isthmus.ui.usage;

/** The times that people ask about. */
enum Period {
  THIS_MONTH,
  LAST_MONTH,
  LAST_12_MONTHS,
  /** From a day to a day. */
  DAYS
}
