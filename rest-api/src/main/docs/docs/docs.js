// validatorUrl would be a request to another host.
window.ui = SwaggerUIBundle({ url: '../v1/openapi.yaml', dom_id: '#api', deepLinking: true, validatorUrl: null });
