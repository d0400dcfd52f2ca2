package io.isthmus.domain.library;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateSource;
import java.util.regex.Pattern;

/**
 * What is to be kept, as a new version when the name is there already.
 *
 * @param name a letter, then letters, digits, {@code _ . -} and spaces; at most 64
 * @param description at most 500 characters
 * @param environment that goes with a template; empty for none, and for policies
 * @param seen the latest version that the caller knows of; 0 when the name should be new
 */
public record SaveItem(
    ProjectId project,
    ItemKind kind,
    String name,
    String description,
    TemplateSource source,
    String environment,
    int seen)
    implements AuditSubject {

  private static final Pattern NAME =
      Pattern.compile("\\p{L}[\\p{L}\\p{N}_. -]{0,62}[\\p{L}\\p{N}_.-]?");
  private static final int LONGEST_DESCRIPTION = 500;

  public SaveItem {
    if (!NAME.matcher(name).matches()) {
      throw FederationFault.invalid(
          "name",
          Phrase.of("library.name-invalid", name),
          Phrase.of("library.name-invalid-remedy"));
    }
    if (description.length() > LONGEST_DESCRIPTION) {
      throw FederationFault.invalid(
          "description",
          Phrase.of("library.description-too-long", description.length(), LONGEST_DESCRIPTION),
          Phrase.of("library.description-too-long-remedy"));
    }
  }

  @Override
  public String auditId() {
    return kind.text() + "/" + name;
  }
}
