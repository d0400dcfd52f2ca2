/** One change of many stacks: its preview, how it goes, and its report. */
package io.isthmus.rest.campaign;
