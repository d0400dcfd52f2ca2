package io.isthmus.domain.stack;

/**
 * CDI event: a person has asked something of a stack. The reconciler on this server looks at once.
 */
public record StackWanted(StackId stack) {}
