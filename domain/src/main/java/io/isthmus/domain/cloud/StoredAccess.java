package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

@Entity
@Table(name = "cloud_access")
@IdClass(StoredAccess.Key.class)
class StoredAccess {

  /** One project in one cloud. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String project;
    private String cloud;

    protected Key() {}

    Key(ProjectId project, CloudId cloud) {
      this.project = project.toString();
      this.cloud = cloud.text();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.project.equals(project) && key.cloud.equals(cloud);
    }

    @Override
    public int hashCode() {
      return Objects.hash(project, cloud);
    }
  }

  @Id private String project;
  @Id private String cloud;
  private String regions;
  private String credential;

  protected StoredAccess() {}

  StoredAccess(ProjectId project, CloudId cloud) {
    this.project = project.toString();
    this.cloud = cloud.text();
  }

  void use(List<String> newRegions, String sealedCredential) {
    regions = FactsJson.writeTexts(newRegions);
    credential = sealedCredential;
  }

  ProjectId project() {
    return ProjectId.parse(project);
  }

  CloudId cloud() {
    return new CloudId(cloud);
  }

  List<String> regions() {
    return FactsJson.readTexts(regions);
  }

  String sealedCredential() {
    return credential;
  }

  /** Names this row and nothing else. */
  String binding() {
    return "cloud_access/" + project + "/" + cloud;
  }
}
