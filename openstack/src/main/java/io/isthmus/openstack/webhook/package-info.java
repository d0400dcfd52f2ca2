/** Sends webhooks' messages to addresses that people gave. No cloud is spoken to. */
package io.isthmus.openstack.webhook;
