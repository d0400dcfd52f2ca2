/**
 * The portal's own web components, as Flow components: map, topology, editor, copy button. Their
 * sources are under {@code src/main/widgets}; what is served lies, built, under {@code
 * src/main/webapp/widgets}.
 */
package io.isthmus.ui.widget;
