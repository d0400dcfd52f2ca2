package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Lets only bodies through that are JSON from the first to the last character. The container's
 * reader skips members that it does not know, and where such a one does not end, neither does its
 * skipping: it would take a processor for ever.
 */
@Provider
public class WellFormedBodies implements ReaderInterceptor {

  /** Far deeper than any template is; what is deeper could exhaust a thread's stack. */
  static final int DEEPEST = 100;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
      byte[] body = context.getInputStream().readAllBytes();
      check(body);
      context.setInputStream(new ByteArrayInputStream(body));
    }
    return context.proceed();
  }

  /**
   * @throws JsonParsingException telling line and column
   * @throws FederationFault REQUEST_INVALID for what is nested too deeply or no text
   */
  static void check(byte[] body) {
    // Whether there must be a body is for the call to say.
    if (body.length == 0) {
      return;
    }
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      int depth = 0;
      while (parser.hasNext()) {
        depth +=
            switch (parser.next()) {
              case START_OBJECT, START_ARRAY -> 1;
              case END_OBJECT, END_ARRAY -> -1;
              default -> 0;
            };
        if (depth > DEEPEST) {
          throw new FederationFault(
              FaultCode.REQUEST_INVALID, Phrase.of("fault.json-too-deep", DEEPEST));
        }
      }
      if (depth > 0) {
        // The parser ends without a word where the text does.
        throw new JsonParsingException("the document does not end", parser.getLocation());
      }
    } catch (JsonParsingException malformed) {
      throw malformed;
    } catch (JsonException noText) {
      throw new FederationFault(FaultCode.REQUEST_INVALID, Phrase.of("fault.unreadable-body"));
    }
  }
}
