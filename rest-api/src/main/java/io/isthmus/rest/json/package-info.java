/** How the bodies of the API are written: JSON names with underscores, as OpenStack writes them. */
package io.isthmus.rest.json;
