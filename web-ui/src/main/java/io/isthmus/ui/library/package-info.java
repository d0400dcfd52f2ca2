/**
 * Templates and policies that a project keeps: lists, versions with what changed, and the way on.
 */
package io.isthmus.ui.library;
