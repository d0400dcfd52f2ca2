package io.isthmus.openstack.conversation;

import io.isthmus.openstack.keystone.ServiceType;
import java.util.regex.Pattern;

/** Makes base URLs of what catalogs hold, which differs from cloud to cloud. */
final class Endpoints {
  private static final Pattern VERSION = Pattern.compile(".*/v\\d+(\\.\\d+)?(/.*)?$");

  private Endpoints() {}

  /** The URL that a call's path is put behind: with the version, without a slash at its end. */
  static String base(ServiceType service, String url, String projectId) {
    String trimmed = url.replaceAll("/+$", "");
    if (VERSION.matcher(trimmed).matches()) {
      return trimmed;
    }
    return switch (service) {
      case COMPUTE -> trimmed + "/v2.1";
      case NETWORK -> trimmed + "/v2.0";
      case IMAGE, LOAD_BALANCER -> trimmed + "/v2";
      case VOLUME -> trimmed + "/v3/" + projectId;
    };
  }

  /** Where a service tells of its version: its versioned root, without the project. */
  static String versionDocument(String base) {
    return base.replaceAll("(/v\\d+(\\.\\d+)?)(/.*)?$", "$1/");
  }
}
