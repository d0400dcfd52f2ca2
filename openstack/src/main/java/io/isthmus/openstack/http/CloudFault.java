package io.isthmus.openstack.http;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import java.util.List;

/** A failure of one call to one cloud, told whole: which cloud, which call, what it answered. */
public class CloudFault extends FederationFault {
  private static final long serialVersionUID = 1L;
  private final int status;

  CloudFault(FaultCode code, Phrase phrase, JsonObject details, int status, Throwable cause) {
    super(code, phrase, List.of(), details, cause);
    this.status = status;
  }

  /** HTTP status of the answer; 0 when there was none. */
  public int status() {
    return status;
  }

  /** Whether the cloud certainly did nothing: it understood and refused. */
  public boolean isRefusal() {
    return status / 100 == 4 && status != 408 && status != 429;
  }
}
