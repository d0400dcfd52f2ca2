package io.isthmus.ui.template;

/**
 * A name that a parameter can be given, because clouds have something of that name.
 *
 * @param what it is, in words; empty when the name says all
 * @param where it is, in words
 */
public record KnownName(String name, String what, String where) {}
