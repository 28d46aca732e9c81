INSERT INTO users (id, name) VALUES (1, 'Ann; really');
INSERT INTO users (id, name) VALUES (2, 'Bob');
