/// Two applications of one retailer: `demo-client` and its clone, with one Instacart user and two Connect users.
package let twoApplications = """
    id: shop
    applications:
      - client_id: demo-client
        client_secret: demo-secret
        redirect_uris: [https://example.org/account/profile]
      - client_id: demo-clone
        client_secret: clone-secret
        redirect_uris: [https://example.org/account/profile]
    instacart_users: [{id: 1, email: one@example.com}]
    connect_users: [{user_id: johnsmith6000}, {user_id: janedoe}]
    """

package let clone = TestApplication(clientID: "demo-clone", clientSecret: "clone-secret")

/// Two retailers with the same users: `demo-client`'s and `other-client`'s.
package let twoRetailers = """
    retailers:
      - id: demo
        applications:
          - client_id: demo-client
            client_secret: demo-secret
            redirect_uris: [https://example.org/account/profile]
        instacart_users: [{id: 1, email: one@example.com}]
        connect_users: [{user_id: johnsmith6000}]
      - id: other
        applications:
          - client_id: other-client
            client_secret: other-secret
            redirect_uris: [https://example.org/account/profile]
        instacart_users: [{id: 1, email: one@example.com}]
        connect_users: [{user_id: johnsmith6000}, {user_id: only-other}]
    """

package let other = TestApplication(clientID: "other-client", clientSecret: "other-secret")
