package io.isthmus.rest.insurance;

import io.isthmus.domain.insurance.InsurancePage;
import java.util.List;
import java.util.Locale;

/**
 * What would be if one cloud vanished, with some of the stacks.
 *
 * @param stacks in the order of project and name
 */
public record InsurancePageBody(InsuranceBody insurance, List<InsuredStackBody> stacks) {

  static InsurancePageBody of(InsurancePage page, Locale locale) {
    return new InsurancePageBody(
        InsuranceBody.of(page.insurance()),
        page.stacks().stream().map(one -> InsuredStackBody.of(one, locale)).toList());
  }
}
