/** JSON-P as the whole house uses it. Holds no format of its own. */
package io.isthmus.domain.json;
