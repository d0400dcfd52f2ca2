/**
 * The small pieces that pages are made of: tables, states, ages, notices, chips. They show what
 * they are given and ask for nothing.
 */
package io.isthmus.ui.element;
