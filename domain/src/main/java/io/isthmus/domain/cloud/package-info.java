/**
 * The registry of member clouds: operators, facts, inventory, health. Never decides where something
 * runs.
 */
package io.isthmus.domain.cloud;
