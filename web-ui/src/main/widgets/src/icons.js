// Glyphs by kind of resource, drawn for this portal: strokes on a 16 × 16 field.

const paths = {
  server: 'M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.75h.01M5 11.25h.01M8 4.75h3M8 11.25h3',
  volume: 'M2.5 4.2c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2zM2.5 4.2v7.6c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V4.2M2.5 8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2',
  attachment: 'M6.5 9.5l3-3M7 4.8l1.6-1.6a2.9 2.9 0 0 1 4.2 4.2L11.2 9M9 11.2l-1.6 1.6a2.9 2.9 0 0 1-4.2-4.2L4.8 7',
  network: 'M8 2.5a2 2 0 1 0 .01 0zM3.5 9.7a2 2 0 1 0 .01 0zM12.5 9.7a2 2 0 1 0 .01 0zM7 6.2l-2.4 3.7M9 6.2l2.4 3.7M5.5 11.7h5',
  subnet: 'M2.5 8h11M4.5 8v3M8 5v3M11.5 8v3M3 11h3v2.5H3zM10 11h3v2.5h-3zM6.5 2.5h3V5h-3z',
  router: 'M8 1.8a6.2 6.2 0 1 0 .01 0zM4.5 6.5h6M8.7 4.7l1.8 1.8-1.8 1.8M11.5 10h-6M7.3 8.2L5.5 10l1.8 1.8',
  port: 'M3 3h10v10H3zM5.5 13v-3h5v3M6.5 5.5v2M8 5.5v2M9.5 5.5v2',
  floating: 'M8 14s4.5-4 4.5-7.3a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zM8 5a1.7 1.7 0 1 0 .01 0z',
  security: 'M8 1.8l5.2 1.9v3.7c0 3.1-2.1 5.5-5.2 6.8-3.1-1.3-5.2-3.7-5.2-6.8V3.7zM5.7 7.8l1.7 1.7 3-3',
  key: 'M5.2 7.3a2.9 2.9 0 1 0 .01 0zM7.3 8.2l5.7-5.7M10.5 5l2 2M12.3 3.2l1.2 1.2',
  group: 'M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3',
  value: 'M6 2.5C4 2.5 4.5 4 4.5 5.5S4 8 2.8 8c1.2 0 1.7 1 1.7 2.5S4 13.5 6 13.5M10 2.5c2 0 1.5 1.5 1.5 3S12 8 13.2 8c-1.2 0-1.7 1-1.7 2.5s.5 3-1.5 3',
  image: 'M8 1.8a6.2 6.2 0 1 0 .01 0zM8 6.2a1.8 1.8 0 1 0 .01 0zM8 4.2',
  balancer: 'M8 2v4M8 6L3.5 10M8 6v4M8 6l4.5 4M2.3 10.5h2.4v3H2.3zM6.8 10.5h2.4v3H6.8zM11.3 10.5h2.4v3h-2.4z',
  cluster: 'M8 1.8l2.7 1.5v3L8 7.8 5.3 6.3v-3zM4.5 8.2l2.7 1.5v3l-2.7 1.5-2.7-1.5v-3zM11.5 8.2l2.7 1.5v3l-2.7 1.5-2.7-1.5v-3z',
  other: 'M8 2l5.2 3v6L8 14l-5.2-3V5zM2.8 5L8 8l5.2-3M8 8v6',
};

// Left, what faces the outside; right, what keeps data. A column for each step between.
const kinds = [
  [/^OS::Neutron::FloatingIP/, 'floating', 0],
  [/^OS::Neutron::Router$/, 'router', 1],
  [/^OS::Neutron::RouterInterface$/, 'port', 2],
  [/^OS::(Octavia|Neutron::(LBaaS|LoadBalancer))/, 'balancer', 1],
  [/^OS::Neutron::(Net|ProviderNet)$/, 'network', 2],
  [/^OS::Neutron::Subnet/, 'subnet', 3],
  [/^OS::Neutron::SecurityGroup/, 'security', 3],
  [/^OS::Neutron::Port$/, 'port', 4],
  [/^OS::Nova::KeyPair$/, 'key', 4],
  [/^OS::Heat::(RandomString|Value)$/, 'value', 4],
  [/^OS::Nova::Server$/, 'server', 5],
  [/^OS::Nova::ServerGroup$/, 'group', 4],
  [/^OS::Heat::(ResourceGroup|AutoScalingGroup)$/, 'group', 5],
  [/^OS::(Magnum|Sahara)::/, 'cluster', 5],
  [/^OS::Cinder::VolumeAttachment$/, 'attachment', 6],
  [/^OS::(Cinder|Manila|Swift)::/, 'volume', 7],
  [/^OS::Glance::/, 'image', 7],
];

/** How a resource type is drawn and in which column, from 0 (outside) to 7 (data). */
export function kindOf(type) {
  const found = kinds.find(([pattern]) => pattern.test(type ?? ''));
  return found ? { icon: found[1], column: found[2] } : { icon: 'other', column: 5 };
}

export const iconPath = (icon) => paths[icon];
