/** Forms made from a template's parameters, and its mistakes shown at their lines. */
package io.isthmus.ui.template;
