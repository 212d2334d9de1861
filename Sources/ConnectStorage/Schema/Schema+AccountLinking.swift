import GRDB

extension Schema {
    /// Times are milliseconds since the Unix epoch, by the retailer's clock; scopes are separated by a space; `key` is
    /// the row's own number and never leaves the database.
    static func accountLinking(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE retailer (
                    key INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
                    name TEXT NOT NULL,
                    clockOffset INTEGER NOT NULL DEFAULT 0,
                    clockFrozenAt INTEGER,
                    nextInstacartUserID INTEGER NOT NULL DEFAULT 1 CHECK (nextInstacartUserID > 0)
                ) STRICT;

                CREATE TABLE application (
                    key INTEGER PRIMARY KEY,
                    retailer INTEGER NOT NULL REFERENCES retailer ON DELETE CASCADE,
                    clientID TEXT NOT NULL UNIQUE CHECK (clientID <> ''),
                    clientSecret TEXT NOT NULL CHECK (clientSecret <> ''),
                    name TEXT NOT NULL,
                    isEnabled INTEGER NOT NULL CHECK (isEnabled IN (0, 1)),
                    scopes TEXT NOT NULL
                ) STRICT;
                CREATE INDEX applicationOfRetailer ON application (retailer);

                CREATE TABLE redirectURI (
                    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
                    uri TEXT NOT NULL CHECK (uri <> ''),
                    UNIQUE (application, uri)
                ) STRICT;

                CREATE TABLE connectUser (
                    key INTEGER PRIMARY KEY,
                    retailer INTEGER NOT NULL REFERENCES retailer ON DELETE CASCADE,
                    userID TEXT NOT NULL CHECK (userID <> ''),
                    firstName TEXT NOT NULL CHECK (firstName <> ''),
                    lastName TEXT,
                    phoneNumber TEXT,
                    locale TEXT,
                    isActive INTEGER NOT NULL CHECK (isActive IN (0, 1)),
                    UNIQUE (retailer, userID)
                ) STRICT;

                CREATE TABLE instacartUser (
                    key INTEGER PRIMARY KEY,
                    retailer INTEGER NOT NULL REFERENCES retailer ON DELETE CASCADE,
                    id INTEGER NOT NULL CHECK (id > 0),
                    email TEXT NOT NULL,
                    emailKey TEXT NOT NULL CHECK (emailKey <> ''),
                    phone TEXT NOT NULL,
                    passwordHash TEXT NOT NULL,
                    isMember INTEGER NOT NULL CHECK (isMember IN (0, 1)),
                    membershipExpiresAt INTEGER,
                    UNIQUE (retailer, id),
                    UNIQUE (retailer, emailKey)
                ) STRICT;

                CREATE TABLE link (
                    connectUser INTEGER PRIMARY KEY REFERENCES connectUser ON DELETE CASCADE,
                    instacartUser INTEGER NOT NULL UNIQUE REFERENCES instacartUser ON DELETE CASCADE
                ) STRICT;

                CREATE TABLE authorizationCode (
                    value TEXT PRIMARY KEY,
                    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
                    instacartUser INTEGER NOT NULL REFERENCES instacartUser ON DELETE CASCADE,
                    redirectURI TEXT NOT NULL,
                    scopes TEXT NOT NULL,
                    challenge TEXT,
                    challengeMethod TEXT CHECK (challengeMethod IN ('plain', 'S256')),
                    expiresAt INTEGER NOT NULL,
                    redeemedAt INTEGER,
                    CHECK ((challenge IS NULL) = (challengeMethod IS NULL))
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX authorizationCodeOfApplication ON authorizationCode (application);
                CREATE INDEX authorizationCodeOfInstacartUser ON authorizationCode (instacartUser);

                CREATE TABLE accessToken (
                    value TEXT PRIMARY KEY,
                    refreshToken TEXT,
                    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
                    connectUser INTEGER REFERENCES connectUser ON DELETE CASCADE,
                    instacartUser INTEGER REFERENCES instacartUser ON DELETE CASCADE,
                    authorizationCode TEXT REFERENCES authorizationCode ON DELETE CASCADE,
                    scopes TEXT NOT NULL,
                    createdAt INTEGER NOT NULL,
                    expiresAt INTEGER NOT NULL CHECK (expiresAt > createdAt),
                    revokedAt INTEGER,
                    CHECK (connectUser IS NULL OR instacartUser IS NULL)
                ) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX accessTokenByRefreshToken ON accessToken (refreshToken)
                    WHERE refreshToken IS NOT NULL;
                CREATE INDEX accessTokenOfApplication ON accessToken (application);
                CREATE INDEX accessTokenOfConnectUser ON accessToken (connectUser) WHERE connectUser IS NOT NULL;
                CREATE INDEX accessTokenOfInstacartUser ON accessToken (instacartUser)
                    WHERE instacartUser IS NOT NULL;
                CREATE INDEX accessTokenOfAuthorizationCode ON accessToken (authorizationCode)
                    WHERE authorizationCode IS NOT NULL;
                """
        )
    }
}
