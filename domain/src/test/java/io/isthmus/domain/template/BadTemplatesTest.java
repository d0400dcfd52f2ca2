package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is told at its line, in words, with what was probably meant. */
class BadTemplatesTest {

  private static final String HEAD = "heat_template_version: 2018-08-31|";
  private static final String NET = "resources:|  net: {type: OS::Neutron::Net}|";
  private static final String SERVER =
      "resources:|  web:|    type: OS::Nova::Server|    properties:|      flavor: f|      image: i|";

  /** Lines are parted by |; the first four columns make the text, then line, words, remedy. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "unknown version; heat_template_version: 2019-01-01; 1; 2019-01-01; 2018-08-31",
        "alias that Heat lacks; heat_template_version: stein; 1; stein; queens",
        "CloudFormation; AWSTemplateFormatVersion: 2010-09-09; 1; CloudFormation; heat_template_version",
        "no version; resources: {}; 1; heat_template_version is missing; 2018-08-31",
        "unknown section; HEAD|resource: {}; 2; resource; resources",
        "condition of nothing; HEAD|conditions: {a: b}; 2; no condition; equals",
        "condition function; HEAD|conditions: {a: {nott: true}}; 2; nott; not",
        "condition name; HEAD|conditions: {prod: true}|resources:|  a: {type: OS::Neutron::Net, condition: prd}; 4; prd; prod",
        "conditions in a circle; HEAD|conditions: {a: {not: b}, b: {and: [a, true]}}; 2; a → b → a; ",
        "condition list; HEAD|conditions: {a: {or: [true]}}; 2; at least two; ",
        "condition too early; HEAD|conditions: {a: {equals: [{get_resource: b}, c]}}; 2; cannot be used in a condition; get_param",
        "condition parameter; HEAD|parameters: {prod: {type: boolean}}|conditions: {a: {get_param: prd}}; 3; prd; prod",
        "conditions in an old version; heat_template_version: 2016-04-08|conditions: {}; 2; no section; ",
        "if of two; SERVER|      name: {if: [true, a]}; 8; two values; if: [condition",
        "if with a resource of another type; NET|  p: {type: OS::Neutron::Port, properties: {network: {if: [true, n, {get_resource: p}]}}}; 4; OS::Neutron::Net; ",
        "if with a wrong value; SERVER|      config_drive: {if: [true, true, maybe]}; 8; must be true or false; ",
        "repeat of nothing; SERVER|      security_groups: {repeat: {template: a}}; 8; for_each; repeat:",
        "repeat key; SERVER|      security_groups: {repeat: {template: a, for_eech: {x: [y]}, for_each: {x: [y]}}}; 8; for_eech; for_each",
        "repeat over a text; SERVER|      security_groups: {repeat: {template: a, for_each: {x: yz}}}; 8; must be a list; ",
        "repeat side by side; SERVER|      security_groups: {repeat: {template: a, for_each: {x: [y], z: [a, b]}, permutations: false}}; 8; same length; ",
        "digest algorithm; SERVER|      name: {digest: [md55, a]}; 8; md55; sha256",
        "digest arguments; SERVER|      name: {digest: [md5]}; 8; two texts; ",
        "split index; SERVER|      name: {str_split: ['-', a-b, 2]}; 8; 0 to 1; ",
        "merge of texts; SERVER|      metadata: {map_merge: [a]}; 8; list of maps; ",
        "concat of texts; SERVER|      security_groups: {list_concat: [[a], b]}; 8; list of lists; ",
        "unknown type; HEAD|resources:|  a: {type: OS::Nova::Serve}; 3; OS::Nova::Serve; OS::Nova::Server",
        "no type; HEAD|resources:|  a: {}; 3; “type” is missing; OS::Nova::Server",
        "unknown property; SERVER|      imgae: x; 8; imgae; image",
        "unsupported property; SERVER|      personality: {a: b}; 8; not supported yet; ",
        "unsupported member; SERVER|      networks:|        - {network: n, tag: t}; 9; not supported yet; ",
        "unknown member; SERVER|      networks:|        - {netwrok: n}; 9; netwrok; network",
        "wrong type; SERVER|      config_drive: maybe; 8; must be true or false; ",
        "misspelt function; SERVER|      name: {get_parm: a}; 8; get_parm; get_param",
        "later function; SERVER|      name: {make_url: {host: a}}; 8; make_url is not supported yet; get_param",
        "function of another version; heat_template_version: 2015-04-30|outputs:|  o: {value: {str_split: [a, b]}}; 3; 2015-04-30; ",
        "unknown resource; SERVER|      key_name: {get_resource: ky}; 8; ky; web",
        "unknown parameter; HEAD|parameters:|  flavour: {type: string}|outputs:|  o: {value: {get_param: flavor}}; 5; flavor; flavour",
        "unknown attribute; SERVER|outputs:|  o: {value: {get_attr: [web, first_adress]}}; 9; first_adress; first_address",
        "unsupported attribute; SERVER|outputs:|  o: {value: {get_attr: [web, console_urls]}}; 9; not supported yet; ",
        "wrong resource; NET|  s: {type: OS::Neutron::RouterInterface, properties: {router: {get_resource: net}, subnet: x}}; 4; OS::Neutron::Router; ",
        "circle of one; HEAD|resources:|  a: {type: OS::Neutron::Net, depends_on: a}; 3; a → a; circle",
        "circle of two; HEAD|resources:|  a: {type: OS::Neutron::Net, depends_on: b}|  b: {type: OS::Neutron::Net, depends_on: [a]}; 3; a → b → a; circle",
        "missing property; HEAD|resources:|  s: {type: OS::Neutron::Subnet, properties: {cidr: 10.0.0.0/24}}; 3; “network” is missing; ",
        "bad CIDR; HEAD|resources:|  s: {type: OS::Neutron::Subnet, properties: {network: n, cidr: 10.0.0/24}}; 3; 10.0.0/24; ",
        "parameter type; HEAD|parameters:|  a: {type: numbr}; 3; numbr; number",
        "parameter key; HEAD|parameters:|  a: {type: string, defalt: x}; 3; defalt; default",
        "constraint; HEAD|parameters:|  a:|    type: string|    constraints:|      - allowed_pattern: '['; 6; malformed; ",
        "constraint for type; HEAD|parameters:|  a:|    type: string|    constraints:|      - range: {min: 1}; 6; not for parameters of type string; ",
        "custom constraint; HEAD|parameters:|  a:|    type: string|    constraints:|      - custom_constraint: nova.flavr; 6; nova.flavr; nova.flavor",
        "bad default; HEAD|parameters:|  a:|    type: number|    default: many; 5; many; ",
        "duplicate key; HEAD|resources:|  a: {type: OS::Neutron::Net}|  a: {type: OS::Neutron::Net}; 4; second time; ",
        "two groups; HEAD|parameters: {a: {type: string}}|parameter_groups:|  - parameters: [a]|  - parameters: [a]; 5; in a group already; ",
        "no such file; SERVER|      user_data_format: RAW|      user_data: {get_file: x.sh}; 9; x.sh; ",
        "CFN tools; SERVER|      user_data_format: HEAT_CFNTOOLS; 8; HEAT_CFNTOOLS; ",
        "snapshot; HEAD|resources:|  a: {type: OS::Neutron::Net, deletion_policy: snapshot}; 3; not supported yet; ",
        "external id; HEAD|resources:|  a: {type: OS::Neutron::Net, external_id: x}; 3; not supported yet; ",
        "group of groups; HEAD|resources:|  a: {type: OS::Heat::ResourceGroup, properties: {resource_def: {type: OS::Heat::ResourceGroup}}}; 3; not supported yet; ",
        "region; HEAD|outputs:|  o: {value: {get_param: 'OS::region'}}; 3; OS::region; ",
        "not a map; HEAD|resources: [a]; 2; must be a map; ",
        "a list; [a]; 1; map; heat_template_version",
      })
  void isTold(String name, String text, int line, String words, String remedy) {
    Violation violation = violations(text).get(0);
    assertThat(violation.line()).as(violation.toString()).isEqualTo(line);
    assertThat(violation.message().in(Locale.ENGLISH)).contains(words);
    assertThat(violation.message().in(Locale.FRENCH))
        .isNotEqualTo(violation.message().in(Locale.ENGLISH));
    if (remedy != null) {
      assertThat(violation.remedy().orElseThrow().in(Locale.ENGLISH)).contains(remedy);
    }
  }

  @Test
  void everyMistakeIsToldAtOnceInTheOrderOfTheText() {
    List<Violation> violations =
        violations(
            "HEAD|resources:|  a: {type: OS::Nova::Serve}|  b: {type: OS::Neutron::Net, properties: {nam: x}}|"
                + "outputs:|  o: {value: {get_resource: c}}");
    assertThat(violations).extracting(Violation::line).containsExactly(3, 4, 6);
    assertThat(violations.get(1).pointer()).isEqualTo("resources.b.properties.nam");
    assertThat(violations.get(1).column()).isEqualTo(44);
  }

  private static List<Violation> violations(String text) {
    String yaml =
        text.replace("SERVER|", HEAD + SERVER)
            .replace("NET|", HEAD + NET)
            .replace("HEAD|", HEAD)
            .replace('|', '\n');
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> new HotParser().parse(TemplateSource.of(yaml)));
    assertThat(fault).as("refused").isNotNull();
    assertThat(fault.code()).isEqualTo(FaultCode.TEMPLATE_INVALID);
    return fault.violations();
  }
}
