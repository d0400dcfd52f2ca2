/** The way to a new stack, in four steps: template, parameters, policy, plan. */
package io.isthmus.ui.newstack;
