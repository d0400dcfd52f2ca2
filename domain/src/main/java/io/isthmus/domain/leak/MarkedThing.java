package io.isthmus.domain.leak;

import java.util.Optional;

/**
 * Something in a cloud, as it was seen.
 *
 * @param type HOT type that the federation would make it as
 * @param id the cloud's, or the name where the name identifies (key pairs)
 * @param name as the cloud shows it; may be empty
 * @param mark text of the mark that it carries; of key pairs and server groups what could be the
 *     end of a name that we gave; empty when there is none
 * @param user id of what uses it, such as the server that a port is in
 * @param leaving whether the cloud is deleting it, or counts it as deleted
 * @param content digest of an image's content, by whatever algorithm; empty for all else, and of an
 *     image without content
 */
public record MarkedThing(
    String type,
    String id,
    String name,
    Optional<String> mark,
    Optional<String> user,
    boolean leaving,
    Optional<String> content) {}
